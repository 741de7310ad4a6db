import Platform
import PromptRegistry

/// Where a command works: a workspace with its ledger inside, or a ledger alone.
struct Place: Hashable, Sendable {
  /// The folder of a workspace; nil for a bare ledger.
  let workspace: String?
  /// What makes the place one: the private folder of a workspace, or the bare ledger itself.
  let root: String
  /// What the repository is called in the private folder of a workspace.
  private let ledgerName: LedgerName
  /// The repository's own folder.
  var ledger: String { workspace == nil ? root : "\(root)/\(ledgerName.rawValue)" }

  /// The folder of a workspace that is not its author's.
  static let privateFolder = ".stet"
  /// What keeps the ledger, its locks and what an editor left out of a product's own repository.
  static let ignored = "*\n!/.gitignore\n!/\(Workspace.recordName)\n"

  private enum LedgerName: String, CaseIterable {
    /// The one that git finds by itself.
    case plain = ".git"
    /// The one for a product's own repository: git takes a folder with a `.git` in it for somebody
    /// else's, and keeps nothing that lies there.
    case inner = "ledger.git"
  }

  /// A workspace, whether or not it is there yet.
  init(workspace folder: String) throws(PlatformError) {
    workspace = folder
    root = "\(folder)/\(Self.privateFolder)"
    if let known = try Self.ledgerName(in: root) {
      ledgerName = known
    } else {
      ledgerName = try Self.isInGit(folder) ? .inner : .plain
    }
  }

  /// A bare ledger, whether or not it is there yet.
  init(bare folder: String) {
    workspace = nil
    root = folder
    ledgerName = .plain
  }

  private init(_ place: Place, root: String) {
    workspace = place.workspace
    self.root = root
    ledgerName = place.ledgerName
  }

  /// The same place as it is made elsewhere, to be moved here as a whole.
  func staged(_ token: String) -> Place { Place(self, root: "\(root).\(token).tmp") }

  /// Where the ledger should be instead, if a product's own repository sees nothing of this
  /// workspace's private folder.
  func ledgerBesideGit() throws(PlatformError) -> String? {
    guard let workspace, ledgerName == .plain, try Self.isInGit(workspace) else { return nil }
    return "\(root)/\(LedgerName.inner.rawValue)"
  }

  private static func ledgerName(in root: String) throws(PlatformError) -> LedgerName? {
    for name in LedgerName.allCases {
      if try FileSystem.exists("\(root)/\(name.rawValue)") { return name }
    }
    return nil
  }

  /// Whether a folder is part of what git keeps.
  private static func isInGit(_ folder: String) throws(PlatformError) -> Bool {
    let there = try nearest(above: folder) { folder throws(PlatformError) in
      try FileSystem.exists(folder)
    }
    // What stands above a path with `..` in it is not what its text says.
    let real = try FileSystem.realPath(there ?? "/")
    return try nearest(above: real) { folder throws(PlatformError) in
      try FileSystem.exists("\(folder)/.git")
    } != nil
  }

  /// What is in exactly this folder, which was named as the place of a registry.
  static func named(_ folder: String) throws(CommandError) -> Place {
    let found = try platformErrors(in: at(folder))
    guard let found else { throw .noRegistry(at: folder) }
    return found
  }

  /// The place that was named, or the workspace that the working folder is in.
  static func find(_ session: Session) throws(CommandError) -> Place {
    let found = try platformErrors { () throws(PlatformError) in
      if let named = session.place { return try at(named) }
      return try above(session.surroundings.folder)
    }
    guard let found else { throw .noRegistry(at: session.place) }
    return found
  }

  /// What is in exactly this folder.
  private static func at(_ folder: String) throws(PlatformError) -> Place? {
    let workspace = try Place(workspace: folder)
    if try FileSystem.kind(of: workspace.ledger) == .directory { return workspace }
    // A workspace that was checked out with a product has no ledger yet.
    if try FileSystem.exists(Workspace.recordFile(in: folder)) { return workspace }
    let isLedger =
      try FileSystem.kind(of: "\(folder)/HEAD") == .file
      ? FileSystem.kind(of: "\(folder)/objects") == .directory : false
    return isLedger ? Place(bare: folder) : nil
  }

  /// The workspace of this folder or of the nearest one above.
  private static func above(_ folder: String) throws(PlatformError) -> Place? {
    let found = try nearest(above: folder) { folder throws(PlatformError) in
      try FileSystem.kind(of: "\(folder)/\(privateFolder)") == .directory
    }
    guard let found else { return nil }
    return try Place(workspace: found)
  }

  /// A folder, or else the nearest one above it, of which something holds.
  private static func nearest(
    above folder: String, _ holds: (String) throws(PlatformError) -> Bool
  ) throws(PlatformError) -> String? {
    var folder = folder
    while try !holds(folder) {
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    return folder
  }
}
