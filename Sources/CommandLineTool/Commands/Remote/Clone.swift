import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet clone`: a workspace on somebody's registry.
struct Clone: Command {
  static let usage = "clone <url> [<dir>] [--id <ledger>] [--dry-run]"
  static let summary = "make a workspace on a registry that others share through a git host"
  static let details = """
    Fetches and verifies the whole ledger, and writes the newest release of every prompt as a \
    draft. Everything that git understands as an address will do, with its keys and credential \
    helpers. --id says which ledger it must be: compare what is printed with what the others have.
    """
  static let examples = """
    stet clone git@git.example.com:prompts.git
    """

  private let address: RemoteAddress
  private let folder: String
  private let id: Digest?
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    id = try arguments.option("--id")
    effect = arguments.effect()
    address = try arguments.word("<url>")
    folder = try arguments.optionalWord("<dir>") ?? Self.folder(for: address)
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let folder = session.surroundings.path(folder)
    let contents = try platformErrors(in: FileSystem.exists(folder) ? FileSystem.list(folder) : [])
    guard contents.allSatisfy(\.isLeftBehind) else { throw .notEmpty(folder) }
    let place = try platformErrors(in: Place(workspace: folder))
    let remote = session.remote(at: address)
    let cloned = try session.making(place, at: place.root, effect) { staging throws(CommandError) in
      let tip = try session.fetchLedger(to: staging.ledger, from: remote, id, effect)
      return Cloned(
        folder: folder, tip: tip, drafts: try writeFiles(in: folder, tip, staging), effect: effect)
    }
    if effect == .written { session.remember(cloned.tip.entry, at: place) }
    session.answer(cloned)
    return .yes
  }

  /// Writes the newest releases as drafts, and the record of the workspace beside the ledger.
  private func writeFiles(
    in folder: String, _ tip: RegistryTip, _ staging: Place
  ) throws(CommandError) -> [Catchup] {
    var workspace = Workspace(
      folder: folder, record: WorkspaceRecord(id: tip.entry.ledgerID, remote: address.text))
    guard effect == .written else { return try workspace.catchups(to: tip.state) }
    let drafts = try workspace.catchUp(to: tip.state)
    try platformErrors(in: FileSystem.createDirectories(workspace.files.path))
    try workspace.furnish(staging)
    return drafts
  }

  /// The last part of the path without `.git`, as git itself names a clone.
  private static func folder(for address: RemoteAddress) -> String {
    let last = address.text.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? ""
    let name = last.hasSuffix(".git") ? String(last.dropLast(".git".count)) : last
    return name.isEmpty ? "registry" : name
  }
}

/// A workspace that was made, or would be.
private struct Cloned {
  let folder: String
  let tip: RegistryTip
  let drafts: [Catchup]
  let effect: Effect
}

extension Session {
  fileprivate func answer(_ cloned: Cloned) {
    let (tip, folder) = (cloned.tip, cloned.folder)
    switch console.form {
    case .text:
      let done = cloned.effect == .written ? "cloned" : "would clone"
      console.answer("\(done) \(tip.state.entry) entries to \(folder), all verified")
      console.answer("  id      \(tip.entry.ledgerID)")
      console.answer("  prompts \(cloned.drafts.count)")
    case .json:
      console.answer([
        "registry": .string(folder), "id": Field.text(tip.entry.ledgerID),
        "entry": Field.number(tip.state.entry), "drafts": .list(cloned.drafts.map(\.value)),
      ])
    }
  }
}

extension DirectoryEntry {
  /// Whether it is what a clone leaves that was ended in the middle.
  fileprivate var isLeftBehind: Bool {
    name.hasPrefix("\(Place.privateFolder).") && name.hasSuffix(".tmp")
  }
}

extension Session {
  /// Makes a ledger from the one at a host, in a folder that is moved to its place afterwards; this
  /// machine remembers nothing of one that is only to be shown.
  func fetchLedger(
    to path: String, from remote: Remote, _ expectedID: Digest?, _ effect: Effect
  ) throws(CommandError) -> RegistryTip {
    try platformErrors(in: FileSystem.createDirectories(path))
    let registry = try registryErrors(
      in: Registry.create(path, memory: nil, expectedID: expectedID))
    let tip: RegistryTip?
    switch effect {
    case .written:
      tip = try pull(registry, from: remote).tip == nil ? nil : newestTip(of: registry)
    case .shown:
      tip = try registryErrors(in: registry.lookAhead(to: remote))
      if let refused = tip?.refused { warn(of: refused) }
    }
    guard let tip else { throw .registry(.ledger(.remote(remote.address, .empty))) }
    return tip
  }
}
