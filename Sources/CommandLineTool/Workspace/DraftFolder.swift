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

  /// Every draft, or those that are asked for, sorted by name; a file whose name breaks a rule is
  /// an error with its path.
  func drafts(
    where isWanted: (PromptName) -> Bool = { _ in true }
  ) throws(CommandError) -> [Draft] {
    var drafts: [Draft] = []
    for name in try names() where isWanted(name) {
      if let draft = try load(name) { drafts.append(draft) }
    }
    return drafts
  }

  /// The name of every draft, sorted.
  func names() throws(CommandError) -> [PromptName] {
    let contents = try contents()
    if let fault = contents.faults.first { throw fault }
    return contents.names
  }

  /// What lies in the folder.
  func contents() throws(CommandError) -> Contents {
    try requireNoLink(path)
    var contents = Contents()
    try collect(path, "", into: &contents)
    guard contents.names.count <= Self.draftLimit else {
      throw .registry(.limit("drafts in a folder", Self.draftLimit))
    }
    contents.names.sort()
    return contents
  }

  /// The names of drafts, and why others are none.
  struct Contents {
    var names: [PromptName] = []
    /// Drafts that are known to have been in folders that cannot be looked into.
    var hidden: Set<PromptName> = []
    var faults: [CommandError] = []
  }

  /// One draft with what lies beside it; nil where it has no file.
  func draft(_ name: PromptName) throws(CommandError) -> Draft? {
    try requirePlainFolders(of: name)
    return try load(name)
  }

  private func load(_ name: PromptName) throws(CommandError) -> Draft? {
    guard let source = try read(file(of: name, .source)) else { return nil }
    var draft = Draft(name: name, source: source, start: starts[name])
    draft.cases = try read(file(of: name, .cases))
    draft.brief = try read(file(of: name, .brief))
    return draft
  }

  /// As the other; an error where it has no file.
  func existingDraft(_ name: PromptName) throws(CommandError) -> Draft {
    guard let draft = try draft(name) else { throw .noDraft(name, file(of: name, .source)) }
    return draft
  }

  /// Does something with partials that are read when they are asked for, and with no other file;
  /// one that cannot be read is the error, whatever came of the rest.
  func lendingPartials<Result>(
    _ body: (_ partial: Facts.PartialSource) throws(RegistryError) -> Result
  ) throws(CommandError) -> Result {
    var failure: CommandError?
    let outcome: Swift.Result<Result, RegistryError>
    do throws(RegistryError) {
      outcome = .success(
        try body { name throws(RegistryError) in
          do throws(CommandError) { return try draft(name)?.source } catch {
            failure = failure ?? error
            return nil
          }
        })
    } catch {
      outcome = .failure(error)
    }
    if let failure { throw failure }
    return try registryErrors(in: outcome.get())
  }

  /// Whether there is such a file of a draft, even where the draft itself is missing.
  func has(_ name: PromptName, _ kind: VersionFile) throws(CommandError) -> Bool {
    try requirePlainFolders(of: name)
    return try read(file(of: name, kind)) != nil
  }

  /// Whether writing a draft would put other bytes in the place of some that are there.
  func wouldChange(by draft: Draft) throws(CommandError) -> Bool {
    try requirePlainFolders(of: draft.name)
    for (kind, bytes) in draft.texts {
      if let bytes, let old = try read(file(of: draft.name, kind)), old != bytes { return true }
    }
    return false
  }

  /// Puts drafts and what lies beside them into the folder.
  func write(_ drafts: [Draft]) throws(CommandError) {
    var batch = FileBatch(draftPrefix: "\(path)/.draft-")
    try add(drafts, to: &batch)
    try create(batch)
  }

  /// The same, as part of a batch.
  func add(_ drafts: [Draft], to batch: inout FileBatch) throws(CommandError) {
    for draft in drafts {
      try requirePlainFolders(of: draft.name)
      for (kind, bytes) in draft.texts {
        let file = file(of: draft.name, kind)
        try requireNoLink(file)
        if let bytes { batch.add(file, bytes) }
      }
    }
  }

  /// Composes the changelogs of some prompts anew.
  func writeChangelogs(of names: [PromptName], _ state: State) throws(CommandError) {
    var batch = FileBatch(draftPrefix: "\(path)/.draft-")
    try addChangelogs(of: names, state, to: &batch)
    try create(batch)
  }

  /// The same, as part of a batch. They are nobody's to edit: a file of that name that is not one
  /// of ours stays as it is.
  func addChangelogs(
    of names: [PromptName], _ state: State, to batch: inout FileBatch
  ) throws(CommandError) {
    for name in names {
      try requirePlainFolders(of: name)
      let file = "\(path)/\(name).changelog.md"
      if let old = try read(file, limit: Changelog.sizeLimit), !Changelog.isComposed(old) {
        continue
      }
      let changelog = try registryErrors(in: Changelog(of: name, in: state))
      batch.add(file, changelog.fileBytes, permissions: 0o444)
    }
  }

  private func create(_ batch: FileBatch) throws(CommandError) {
    try platformErrors { () throws(PlatformError) in
      try FileSystem.createDirectories(path)
      try batch.create()
    }
  }

  private func read(
    _ file: String, limit: Int = Slot.sourceByteLimit
  ) throws(CommandError) -> [UInt8]? {
    do throws(PlatformError) {
      return try FileSystem.read(file, limit: limit, links: .refused)
    } catch {
      if case .missing = error { return nil }
      if case .wrongKind = error { try requireNoLink(file) }
      throw .platform(error)
    }
  }

  private func collect(
    _ folder: String, _ prefix: String, into contents: inout Contents
  ) throws(CommandError) {
    for entry in try entries(of: folder, prefix, &contents) where !entry.name.hasPrefix(".") {
      let path = prefix + entry.name
      let whole = "\(folder)/\(entry.name)"
      if entry.kind == .directory {
        if path.split(separator: "/").count < PromptName.segmentLimit {
          try collect(whole, "\(path)/", into: &contents)
        } else {
          let rule = InvalidName.Rule.tooDeep(limit: PromptName.segmentLimit)
          contents.faults.append(.badFileName(whole, InvalidName(text: path, rule: rule)))
        }
      } else if entry.kind == .file, entry.name.hasSuffix(VersionFile.source.rawValue) {
        let text = String(path.dropLast(VersionFile.source.rawValue.count))
        do throws(InvalidName) { contents.names.append(try PromptName(text)) } catch {
          contents.faults.append(.badFileName(whole, error))
        }
      } else if entry.kind == .link, try misleads(whole) {
        contents.faults.append(.link(whole))
      }
    }
  }

  /// What lies in one folder; one below the drafts' own that may not be listed hides no other.
  private func entries(
    of folder: String, _ prefix: String, _ contents: inout Contents
  ) throws(CommandError) -> [DirectoryEntry] {
    do throws(PlatformError) {
      return try FileSystem.exists(folder) ? FileSystem.list(folder) : []
    } catch {
      guard case .denied = error, !prefix.isEmpty else { throw .platform(error) }
      contents.faults.append(.platform(error))
      contents.hidden.formUnion(starts.keys.filter { $0.text.hasPrefix(prefix) })
      return []
    }
  }
}

// MARK: - Links

/// A link among the drafts would publish what lies elsewhere on this machine, or write there.
extension DraftFolder {
  /// Refuses a name below this folder whose folders are not all plain ones.
  private func requirePlainFolders(of name: PromptName) throws(CommandError) {
    var folder = path
    try requireNoLink(folder)
    for segment in name.text.split(separator: "/").dropLast() {
      folder += "/\(segment)"
      try requireNoLink(folder)
    }
  }

  private func requireNoLink(_ path: String) throws(CommandError) {
    let kind = try platformErrors(in: FileSystem.kind(of: path))
    if kind == .link { throw .link(path) }
  }

  /// Whether a link stands where a draft, what lies beside one or a folder of drafts would.
  private func misleads(_ link: String) throws(CommandError) -> Bool {
    if VersionFile.allCases.contains(where: { $0 != .record && link.hasSuffix($0.rawValue) }) {
      return true
    }
    // Behind the dot it is looked at through the link.
    return try platformErrors(in: FileSystem.kind(of: "\(link)/.") == .directory)
  }
}
