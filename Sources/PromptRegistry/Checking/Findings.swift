package import Templates

/// What a check of one draft finds.
package enum Findings {
  /// All findings on a draft, in the order of their places.
  package static func of(
    _ draft: Draft, partial: Facts.PartialSource
  ) throws(RegistryError) -> [Templates.Finding] {
    var failure: RegistryError?
    let findings = withoutActuallyEscaping(
      { (include: String) -> SourceText? in
        do throws(RegistryError) {
          // A spelling that is no name is a partial that is missing.
          guard let name = try? PromptName(including: include) else { return nil }
          return try partial(name).map { SourceText(name: Slot.prompt(name).path, bytes: $0) }
        } catch {
          failure = failure ?? error
          return nil
        }
      }
    ) { load in
      let surroundings = Lint.Surroundings(partial: load)
      let source = SourceText(name: Slot.prompt(draft.name).path, bytes: draft.source)
      return draft.name.isPartial
        ? Lint.findings(inPartial: source, surroundings)
        : Lint.findings(inPrompt: source, surroundings)
    }
    if let failure { throw failure }
    return findings
  }
}
