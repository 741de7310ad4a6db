import Platform
import PromptRegistry

/// Where a command works: a workspace with its ledger inside, or a ledger alone.
struct Place: Hashable, Sendable {
  /// The folder of a workspace; nil for a bare ledger.
  let workspace: String?
  /// What makes the place one: the private folder of a workspace, or the bare ledger itself.
  let root: String
  /// The repository's own folder.
  var ledger: String { workspace == nil ? root : "\(root)/.git" }

  /// The folder of a workspace that is not its author's.
  static let privateFolder = ".stet"

  /// A workspace, whether or not it is there yet.
  init(workspace folder: String) {
    workspace = folder
    root = "\(folder)/\(Self.privateFolder)"
  }

  /// A bare ledger, whether or not it is there yet.
  init(bare folder: String) {
    workspace = nil
    root = folder
  }

  private init(workspace: String?, root: String) {
    self.workspace = workspace
    self.root = root
  }

  /// The same place as it is made elsewhere, to be moved here as a whole.
  func staged(_ token: String) -> Place {
    Place(workspace: workspace, root: "\(root).\(token).tmp")
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
    let workspace = Place(workspace: folder)
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
    var folder = folder
    while try FileSystem.kind(of: "\(folder)/\(privateFolder)") != .directory {
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    return Place(workspace: folder)
  }
}
