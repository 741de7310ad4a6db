package import Templates

extension FrozenText {
  /// The version ready to be rendered, with the partials that were frozen into it and no others.
  package func compiled(_ version: Resolved) throws(RegistryError) -> CompiledPrompt {
    let partials = Dictionary(includes.map { ($0.include.name.includeName, $0) }) { $1 }
    let text = SourceText(name: Slot.prompt(version.name).path, bytes: source)
    do throws(PromptError) {
      return try CompiledPrompt(try Prompt.parse(text)) { name in
        partials[name].map {
          SourceText(name: Slot.prompt($0.include.name).path, bytes: $0.source)
        }
      }
    } catch {
      throw .badInput(Complaint(error))
    }
  }
}

extension State {
  /// A draft ready to be rendered, with partials as the workspace has them, or else as they are
  /// published.
  package func compiled(
    _ draft: Draft, partial: Facts.PartialSource
  ) throws(RegistryError) -> CompiledPrompt {
    try DraftCheck.compiled(draft) { name throws(RegistryError) in
      try self.partial(name, from: partial)
    }
  }
}
