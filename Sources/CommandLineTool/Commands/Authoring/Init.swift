import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet init`: a new registry.
struct Init: Command {
  static let usage = "init [<dir>] [--bare] [--team] [--as <member>]"
  static let summary = "begin a registry"
  static let details = """
    Makes a workspace with its ledger, or with --bare a ledger alone, and enrols you in it with every \
    role. --team asks for one approval by somebody else before anything reaches production.
    """

  private let folder: String?
  private let shape: Shape
  private let preset: PolicyPreset
  private let member: MemberName?

  private enum Shape { case workspace, bare }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    shape = arguments.flag("--bare") ? .bare : .workspace
    preset = arguments.flag("--team") ? .team : .solo
    member = try arguments.option("--as")
    folder = try arguments.optionalWord("<dir>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let surroundings = session.surroundings
    let folder = folder.map(surroundings.path) ?? session.place ?? surroundings.folder
    let place = shape == .bare ? Place(bare: folder) : Place(workspace: folder)
    if try platformErrors({ () throws(PlatformError) in try FileSystem.exists(place.ledger) }) {
      throw .taken(folder)
    }
    let signer = try signer(session)
    let founder = if let member { member } else { try founder(surroundings) }
    let founding = try registryErrors { () throws(RegistryError) in
      try Founding(
        policy: preset.policy(founder: founder, key: signer.publicKey), founder: founder)
    }
    let parent = place.workspace.map { "\($0)/\(Place.privateFolder)" } ?? folder
    try platformErrors { () throws(PlatformError) in try FileSystem.createDirectories(parent) }
    let (registry, entry) = try registryErrors { () throws(RegistryError) in
      try Registry.found(
        place.ledger, memory: session.memory(of: place), founding: founding,
        session.order(signedBy: signer))
    }
    _ = registry
    session.answer(Made(folder: folder, member: founder, key: signer.publicKey, entry: entry))
    return .yes
  }

  private func signer(_ session: Session) throws(CommandError) -> Signer {
    let file = try Identity.keyFile(session)
    let isThere = try platformErrors { () throws(PlatformError) in try FileSystem.exists(file) }
    guard !isThere, session.keyFile == nil else {
      return try Identity.signer(keyFile: file, session.surroundings)
    }
    session.console.say("made a key for you: \(file)")
    return .key(try Identity.makeKey(file, session.surroundings))
  }

  private func founder(_ surroundings: Surroundings) throws(CommandError) -> MemberName {
    let login = surroundings.login ?? "admin"
    return try nameErrors { () throws(InvalidName) in try MemberName(login) }
  }
}

/// A registry that was made.
private struct Made {
  let folder: String
  let member: MemberName
  let key: PublicKey
  let entry: SignedEntry
}

extension Session {
  fileprivate func answer(_ made: Made) {
    switch console.form {
    case .text:
      console.answer("made a registry at \(made.folder)")
      console.answer("  id      \(made.entry.ledgerID)")
      console.answer("  member  \(made.member), with the key \(made.key.fingerprint)")
    case .json:
      console.answer([
        "registry": .string(made.folder), "id": .string(made.entry.ledgerID.description),
        "member": .string(made.member.text), "public_key": .string(made.key.line),
        "entry": .number(Double(made.entry.entry.number)), "published": [],
      ])
    }
  }
}
