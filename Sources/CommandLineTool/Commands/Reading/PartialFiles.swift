import Platform
import PromptRegistry
import Templates

/// The partials of a folder outside any registry: `tone` is `_tone.prompt`.
enum PartialFiles {
  /// The source of one partial; nil where there is no such file or no folder.
  static func source(
    of name: String, in folder: String?, _ session: Session
  ) throws(CommandError) -> SourceText? {
    // A name that could leave the folder, or spells another one's file, is the name of no partial.
    guard let folder,
      name.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy({ !["", ".", ".."].contains($0) })
    else { return nil }
    let path = "\(session.surroundings.path(folder))/\(PartialName.path(of: name)).prompt"
    do throws(PlatformError) {
      let bytes = try FileSystem.read(path, limit: PromptFile.sizeLimit)
      return SourceText(name: path, bytes: bytes)
    } catch {
      if case .missing = error { return nil }
      throw .platform(error)
    }
  }

  /// Every partial that a bare template reaches.
  static func all(
    of template: Template, in folder: String?, _ session: Session
  ) throws(CommandError) -> [String: Template] {
    var found: [String: Template] = [:]
    var waiting = [template]
    while let next = waiting.popLast() {
      var names: [String] = []
      for include in next.includes {
        names += try self.names(of: include, in: folder, session)
      }
      for name in names {
        guard found[name] == nil, let source = try source(of: name, in: folder, session) else {
          continue
        }
        let partial = try templateErrors(source) { () throws(TemplateError) in
          try Template.parse(source.bytes, name: source.name, dialect: template.dialect)
        }
        found[name] = partial
        waiting.append(partial)
      }
    }
    return found
  }

  /// What an include may mean.
  private static func names(
    of include: TemplateInclude, in folder: String?, _ session: Session
  ) throws(CommandError) -> [String] {
    switch include.target {
    case .inline: []
    case .partial(let name): [name]
    case .dynamic: try names(in: folder, session)
    }
  }

  /// The names of all partials of a folder, which a dynamic include may mean.
  static func names(in folder: String?, _ session: Session) throws(CommandError) -> [String] {
    guard let folder else { return [] }
    let top = session.surroundings.path(folder)
    return try platformErrors { () throws(PlatformError) in
      var names: [String] = []
      try collect(top, "", into: &names, depth: 0)
      return names.sorted()
    }
  }

  /// As deep as a name may be.
  private static func collect(
    _ folder: String, _ prefix: String, into names: inout [String], depth: Int
  ) throws(PlatformError) {
    for entry in try FileSystem.list(folder) {
      if entry.kind == .directory, depth < PromptName.segmentLimit, !entry.name.hasPrefix(".") {
        try collect(
          "\(folder)/\(entry.name)", "\(prefix)\(entry.name)/", into: &names, depth: depth + 1)
      } else if entry.kind == .file, entry.name.hasSuffix(".prompt"),
        let name = PartialName.name(at: prefix + entry.name.dropLast(".prompt".count))
      {
        names.append(name)
      }
    }
  }
}
