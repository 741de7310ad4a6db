import Contracts
import Platform
import PromptRegistry

/// A Dotprompt folder: prompts, partials, and what lies beside them.
struct DraftFolder: Sendable {
  /// The folder from which names count.
  let path: String
  /// The version that each draft began from.
  let starts: [PromptName: SemanticVersion]

  /// How many drafts a folder may hold.
  static let draftLimit = 100_000

  /// The file of a draft, or of what lies beside it.
  func file(of name: PromptName, _ kind: VersionFile) -> String {
    "\(path)/\(name)\(kind.rawValue)"
  }

  /// Every draft, sorted by name; a file whose name breaks a rule is an error with its path.
  func drafts() throws(CommandError) -> [Draft] {
    var names: [PromptName] = []
    try collect(path, "", into: &names)
    guard names.count <= Self.draftLimit else {
      throw .registry(.limit("drafts in a folder", Self.draftLimit))
    }
    var drafts: [Draft] = []
    for name in names.sorted() {
      if let draft = try draft(name) { drafts.append(draft) }
    }
    return drafts
  }

  /// The text of every draft by its name.
  func sources() throws(CommandError) -> [PromptName: [UInt8]] {
    Dictionary(try drafts().map { ($0.name, $0.source) }) { $1 }
  }

  /// One draft with what lies beside it; nil where it has no file.
  func draft(_ name: PromptName) throws(CommandError) -> Draft? {
    guard let source = try read(file(of: name, .source)) else { return nil }
    var draft = Draft(name: name, source: source, start: starts[name])
    draft.cases = try read(file(of: name, .cases))
    draft.brief = try read(file(of: name, .brief))
    return draft
  }

  /// Puts a draft and what lies beside it into the folder.
  func write(_ draft: Draft) throws(CommandError) {
    try write(draft.source, to: .source, of: draft.name)
    if let cases = draft.cases { try write(cases, to: .cases, of: draft.name) }
    if let brief = draft.brief { try write(brief, to: .brief, of: draft.name) }
  }

  /// Puts a text into one file, the folders above it made.
  func write(
    _ bytes: [UInt8], to kind: VersionFile, of name: PromptName
  ) throws(CommandError) {
    let file = file(of: name, kind)
    try platformErrors { () throws(PlatformError) in
      try FileSystem.createDirectories(String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]))
      try FileSystem.replace(file, bytes)
    }
  }

  private func read(_ file: String) throws(CommandError) -> [UInt8]? {
    do throws(PlatformError) {
      return try FileSystem.read(file, limit: Slot.sourceByteLimit)
    } catch {
      if case .missing = error { return nil }
      throw .platform(error)
    }
  }

  private func collect(
    _ folder: String, _ prefix: String, into names: inout [PromptName]
  ) throws(CommandError) {
    let entries = try platformErrors { () throws(PlatformError) in
      try FileSystem.exists(folder) ? FileSystem.list(folder) : []
    }
    for entry in entries where !entry.name.hasPrefix(".") {
      let path = prefix + entry.name
      if entry.kind == .directory {
        guard path.split(separator: "/").count < PromptName.segmentLimit else {
          throw .registry(
            .badName(InvalidName(text: path, rule: .tooDeep(limit: PromptName.segmentLimit))))
        }
        try collect("\(folder)/\(entry.name)", "\(path)/", into: &names)
      } else if entry.kind == .file, entry.name.hasSuffix(VersionFile.source.rawValue) {
        let text = String(path.dropLast(VersionFile.source.rawValue.count))
        names.append(try nameErrors { () throws(InvalidName) in try PromptName(text) })
      }
    }
  }
}
