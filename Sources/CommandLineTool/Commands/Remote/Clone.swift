import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet clone`: a workspace on somebody's registry.
struct Clone: Command {
  static let usage = "clone <url> [<dir>] [--id <ledger>]"
  static let summary = "make a workspace on a registry that others share through a git host"
  static let details = """
    Fetches and verifies the whole ledger, and writes the newest release of every prompt as a \
    draft. Everything that git understands as an address will do, with its keys and credential \
    helpers. --id says which ledger it must be: compare what is printed with what the others have.
    """

  private let address: RemoteAddress
  private let folder: String
  private let id: Digest?

  init(_ arguments: consuming Arguments) throws(CommandError) {
    id = try arguments.option("--id")
    address = try arguments.word("<url>")
    folder = try arguments.optionalWord("<dir>") ?? Self.folder(for: address)
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let folder = session.surroundings.path(folder)
    let contents = try platformErrors { () throws(PlatformError) in
      try FileSystem.exists(folder) ? FileSystem.list(folder) : []
    }
    guard contents.allSatisfy(\.isLeftBehind) else { throw .notEmpty(folder) }
    let place = Place(workspace: folder)
    let staging = place.staged(Random.hex(8))
    let tip: RegistryTip
    do throws(CommandError) {
      let remote = session.remote(at: address)
      tip = try session.fetchLedger(to: staging.ledger, from: remote, expectedID: id)
      try writeFiles(in: folder, tip, staging, session)
      try platformErrors { () throws(PlatformError) in
        try FileSystem.move(staging.root, to: place.root)
      }
    } catch {
      try? FileSystem.removeTree(staging.root)  // why it failed matters more
      try? FileSystem.remove(folder)  // unless there is something in it
      throw error
    }
    session.remember(tip.entry, at: place)
    return .yes
  }

  /// Writes the newest releases as drafts, and the record of the workspace beside the ledger.
  private func writeFiles(
    in folder: String, _ tip: RegistryTip, _ staging: Place, _ session: Session
  ) throws(CommandError) {
    let id = tip.entry.ledgerID
    var workspace = Workspace(
      folder: folder, record: WorkspaceRecord(id: id, remote: address.text))
    let drafts = try workspace.catchUp(to: tip.state)
    try platformErrors { () throws(PlatformError) in
      try FileSystem.createDirectories(workspace.files.path)
      try FileSystem.replace("\(staging.root)/\(Workspace.recordName)", workspace.record.bytes)
    }
    switch session.console.form {
    case .text:
      session.console.answer("cloned \(tip.state.entry) entries to \(folder), all verified")
      session.console.answer("  id      \(id)")
      session.console.answer("  prompts \(drafts.count)")
    case .json:
      session.console.answer([
        "registry": .string(folder), "id": .string(id.description),
        "entry": .number(Double(tip.state.entry)), "drafts": .list(drafts.map(\.value)),
      ])
    }
  }

  /// The last part of the path without `.git`, as git itself names a clone.
  private static func folder(for address: RemoteAddress) -> String {
    let last = address.text.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? ""
    let name = last.hasSuffix(".git") ? String(last.dropLast(".git".count)) : last
    return name.isEmpty ? "registry" : name
  }
}

extension DirectoryEntry {
  /// Whether it is what a clone leaves that was ended in the middle.
  fileprivate var isLeftBehind: Bool {
    name.hasPrefix("\(Place.privateFolder).") && name.hasSuffix(".tmp")
  }
}

extension Session {
  /// Makes a ledger from the one at a host, in a folder that is moved to its place afterwards.
  func fetchLedger(
    to path: String, from remote: Remote, expectedID: Digest?
  ) throws(CommandError) -> RegistryTip {
    try platformErrors { () throws(PlatformError) in try FileSystem.createDirectories(path) }
    let registry = try registryErrors { () throws(RegistryError) in
      try Registry.create(path, memory: nil, expectedID: expectedID)
    }
    guard try pull(registry, from: remote).tip != nil else {
      throw .registry(.ledger(.remote(remote.address, .empty)))
    }
    return try newestTip(of: registry)
  }
}
