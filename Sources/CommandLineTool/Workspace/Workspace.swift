import Ledger
import Contracts
import Keys
import Notation
import Platform
import PromptRegistry

/// A folder of drafts with its ledger inside: plain files that an author edits.
struct Workspace: Sendable {
  /// The folder that holds `prompts` and `.stet`.
  let folder: String
  /// Which ledger it belongs to, and what each draft began from.
  var record: WorkspaceRecord

  /// The name of the record in a workspace's private folder.
  static let recordName = "workspace.json"

  /// Where the record of a workspace lies.
  static func recordFile(in folder: String) -> String {
    "\(folder)/\(Place.privateFolder)/\(recordName)"
  }

  /// Reads the record of a workspace.
  static func open(_ folder: String) throws(CommandError) -> Workspace {
    let file = recordFile(in: folder)
    let isThere = try platformErrors(in: FileSystem.exists(file))
    guard isThere else { throw unreadable(file, "it is not there") }
    let bytes = try platformErrors(in: FileSystem.read(file, limit: recordByteLimit))
    do throws(RecordError) {
      return Workspace(folder: folder, record: try WorkspaceRecord(bytes: bytes))
    } catch {
      throw unreadable(file, ErrorText.message(error))
    }
  }

  private static func unreadable(_ file: String, _ message: String) -> CommandError {
    .registry(
      .badInput(
        Complaint(
          file: file, position: nil, message: message,
          hint: "take conflict marks out of it or get it back from version control; "
            + "a fresh 'stet clone' has one for the newest releases")))
  }

  /// Changes a workspace while no other process does: what others noted in the record is there.
  static func changing<Result>(
    _ folder: String, _ change: (inout Workspace) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let lock = try lock(folder)
    defer { withExtendedLifetime(lock) {} }
    var workspace = try open(folder)
    return try change(&workspace)
  }

  private static func lock(_ folder: String) throws(CommandError) -> FileLock {
    // Not beside the record, which may be under version control.
    do throws(PlatformError) {
      let file = "\(try Place(workspace: folder).ledger)/workspace.lock"
      return try FileLock(file, .exclusive, timeoutSeconds: lockTimeoutSeconds)
    } catch {
      throw .platform(error)
    }
  }

  /// Writes what a new workspace has beside its ledger, where both are made.
  func furnish(_ staging: Place) throws(CommandError) {
    try platformErrors { () throws(PlatformError) in
      try FileSystem.replace("\(staging.root)/\(Self.recordName)", record.bytes)
      try FileSystem.replace("\(staging.root)/.gitignore", Array(Place.ignored.utf8))
    }
  }

  /// Writes the record as a whole.
  func save() throws(CommandError) {
    try platformErrors(in: FileSystem.replace(Self.recordFile(in: folder), record.bytes))
  }

  /// As `save`, together with the changelogs of some prompts.
  func save(withChangelogsOf names: [PromptName], _ state: State) throws(CommandError) {
    let file = Self.recordFile(in: folder)
    var batch = FileBatch(draftPrefix: "\(file).")
    batch.add(file, record.bytes)
    try files.addChangelogs(of: names, state, to: &batch)
    let ready = batch
    try platformErrors(in: ready.create())
  }

  private static let recordByteLimit = 16 << 20
  private static let lockTimeoutSeconds = 30
}

// MARK: - Files

extension Workspace {
  /// Where its drafts lie.
  var files: DraftFolder { DraftFolder(path: "\(folder)/prompts", starts: record.drafts) }
}

// MARK: - With a registry

extension Opened {
  /// The drafts of the place; refused where it is a ledger alone, or the workspace of another one.
  func workspace() throws(CommandError) -> Workspace {
    try Self.workspace(of: place, id: tip.entry.ledgerID)
  }

  /// The same of a place whose ledger has this id.
  static func workspace(of place: Place, id: Digest) throws(CommandError) -> Workspace {
    guard let folder = place.workspace else { throw .noWorkspace(place.ledger) }
    let workspace = try Workspace.open(folder)
    guard workspace.record.id == id else {
      throw .foreignWorkspace(folder, expected: workspace.record.id, found: id)
    }
    return workspace
  }
}
