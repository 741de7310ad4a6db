import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet init`: a new registry.
struct Init: Command {
  static let usage = """
    init [<dir>] [--bare] [--remote <url>] [--team] [--as <member>] [--from <folder>] [--dry-run]
    """
  static let summary = "begin a registry"
  static let details = """
    Makes a workspace with its ledger, or with --bare a ledger alone, and enrols you in it with \
    every role. With --remote it is shared through a git host, which must have an empty repository \
    for it. --team asks for one approval by somebody else before anything reaches \
    production. --from publishes a folder of prompts in one entry; its 'policy.yaml' may name \
    owners and environments, of which the last asks for that approval with --team whatever the \
    file says. --dry-run asks no host.
    """
  static let examples = """
    stet init my-prompts
    stet init my-prompts --team --from ../old-prompts
    """

  private let folder: String?
  private let shape: Shape
  private let preset: PolicyPreset
  private let member: MemberName?
  private let source: String?
  private let address: RemoteAddress?
  private let effect: Effect

  private enum Shape { case workspace, bare }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    shape = arguments.flag("--bare") ? .bare : .workspace
    preset = arguments.flag("--team") ? .team : .solo
    member = try arguments.option("--as")
    source = try arguments.option("--from")
    effect = arguments.effect()
    address = try arguments.option("--remote")
    guard address == nil || shape == .workspace else {
      throw .usage(.contradiction("--bare", "--remote"))
    }
    folder = try arguments.optionalWord("<dir>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let surroundings = session.surroundings
    let folder = folder.map(surroundings.path) ?? session.place ?? surroundings.folder
    let place =
      shape == .bare
      ? Place(bare: folder) : try platformErrors(in: Place(workspace: folder))
    try checkRoom(at: place, surroundings)
    let sample = try sample(surroundings)
    let signer = try signer(session)
    let founder = if let member { member } else { try founder(surroundings) }
    let founding = try founding(founder, signer.publicKey, session)
    try checkDrafts(sample, at: place)
    let (made, newest) = try session.making(place, at: place.root, effect) {
      staging throws(CommandError) in
      let (registry, entry) = try found(
        staging, founding, session.order(signedBy: signer, for: nil))
      let published = try publish(
        sample, in: registry, session.order(signedBy: signer, for: nil))
      let made = Made(
        folder: folder, member: founder, key: signer.publicKey, entry: entry, published: published)
      let tip = try session.newestTip(of: registry)
      if effect == .written {
        let files = try stageFiles(of: made, sample, tip.state, staging)
        try share(registry, session)
        try put(files, place)
        try session.forget(place)
      }
      return (made, tip.entry)
    }
    if effect == .written { session.remember(newest, at: place) }
    session.answer(made, effect)
    return .yes
  }

  /// A registry that is not at its place yet: what is refused or cut short leaves nothing there.
  private func found(
    _ staging: Place, _ founding: Founding, _ order: Order
  ) throws(CommandError) -> (Registry, SignedEntry) {
    try registryErrors { () throws(RegistryError) in
      let made = try Registry.found(staging.ledger, memory: nil, founding: founding, order)
      return (made.registry, made.entry)
    }
  }

  /// Sends all of it at once to where it is to be shared, so that it begins there whole or not.
  private func share(_ registry: Registry, _ session: Session) throws(CommandError) {
    guard let address else { return }
    let remote = session.remote(at: address)
    try registryErrors(in: registry.send(to: remote))
  }

  private func founding(
    _ founder: MemberName, _ key: PublicKey, _ session: Session
  ) throws(CommandError) -> Founding {
    var policy = preset.policy(founder: founder, key: key)
    if let source {
      let file = "\(source)/policy.yaml"
      let path = session.surroundings.path(file)
      let isThere = try platformErrors(in: FileSystem.exists(path))
      if isThere {
        let bytes = try session.read(file, limit: PolicyText.byteLimit)
        let usual = policy
        policy = try registryErrors(in: PolicyText.parse(bytes, file: file, over: usual))
        if preset == .team { policy.askSomebodyElse() }
      }
    }
    let ready = policy
    return try registryErrors(in: Founding(policy: ready, founder: founder))
  }

  /// The prompts of the folder that `--from` names: those of its `prompts`, or its own.
  private func sample(_ surroundings: Surroundings) throws(CommandError) -> [Draft] {
    guard let source else { return [] }
    let folder = surroundings.path(source)
    let isFile = try platformErrors(in: FileSystem.kind(of: folder) == .file)
    guard !isFile else {
      throw .usage(
        .badValue(of: "--from", text: source, expected: "it is a file, and a folder is needed"))
    }
    let inner = "\(folder)/prompts"
    let isInner = try platformErrors(in: FileSystem.kind(of: inner) == .directory)
    let drafts = try DraftFolder(path: isInner ? inner : folder, starts: [:]).drafts()
    guard !drafts.isEmpty else { throw .noPrompts(folder) }
    return drafts
  }

  private func publish(
    _ drafts: [Draft], in registry: Registry, _ order: Order
  ) throws(CommandError) -> [Published] {
    guard !drafts.isEmpty else { return [] }
    let publication = PublishOrder(
      drafts, ChangeWords(what: "The first prompts", why: nil, impact: nil))
    return try registryErrors { () throws(RegistryError) in
      try registry.write(order) { state, pen throws(RegistryError) in
        try state.publishing(publication, pen)
      }.answer
    }
  }

  /// Refuses a place where something is already. A bare ledger may take over an empty folder,
  /// unless it is the working folder: whoever stands there would stand nowhere.
  private func checkRoom(at place: Place, _ surroundings: Surroundings) throws(CommandError) {
    let root = place.root
    guard try platformErrors({ () throws(PlatformError) in try FileSystem.exists(root) }) else {
      return
    }
    let (isEmpty, isWorkingFolder) = try platformErrors { () throws(PlatformError) in
      guard shape == .bare, try FileSystem.kind(of: root) == .directory else {
        return (false, false)
      }
      let working = try FileSystem.realPath(surroundings.folder)
      return (try FileSystem.list(root).isEmpty, try FileSystem.realPath(root) == working)
    }
    guard isEmpty else { throw .taken(root) }
    guard !isWorkingFolder else { throw .usage(.missingWord("<dir>")) }
  }

  /// Refuses to put a prompt over another text of that name.
  private func checkDrafts(_ drafts: [Draft], at place: Place) throws(CommandError) {
    guard let folder = place.workspace else { return }
    let files = DraftFolder(path: "\(folder)/prompts", starts: [:])
    for draft in drafts {
      guard let old = try files.draft(draft.name), old != draft else { continue }
      throw .unsavedDraft(draft.name)
    }
  }

  /// Writes the record of a workspace beside the ledger, and there too what its drafts and their
  /// changelogs will be: none has its name before a host has agreed.
  private func stageFiles(
    of made: Made, _ drafts: [Draft], _ state: State, _ staging: Place
  ) throws(CommandError) -> FileBatch.Staged? {
    guard let folder = staging.workspace else { return nil }
    var workspace = Workspace(
      folder: folder, record: WorkspaceRecord(id: made.entry.ledgerID, remote: address?.text))
    for version in made.published { workspace.record.drafts[version.name] = version.version }
    try workspace.furnish(staging)
    var batch = FileBatch(draftPrefix: "\(staging.root)/draft-")
    try workspace.files.add(drafts, to: &batch)
    try workspace.files.addChangelogs(of: made.published.map(\.name), state, to: &batch)
    let ready = batch
    return try platformErrors(in: ready.stage())
  }

  private func put(_ files: FileBatch.Staged?, _ place: Place) throws(CommandError) {
    guard let files, let folder = place.workspace else { return }
    try platformErrors { () throws(PlatformError) in
      try FileSystem.createDirectories("\(folder)/prompts")
      try files.name()
    }
  }

  private func signer(_ session: Session) throws(CommandError) -> Signer {
    let file = try Identity.keyFile(session)
    let isThere = try platformErrors(in: FileSystem.exists(file))
    guard !isThere, session.keyFile == nil else {
      return try Identity.signer(keyFile: file, session.surroundings)
    }
    guard effect == .written else {
      session.console.say("would make a key for you: \(file)")
      return .key(try Identity.newKey(file, session.surroundings))
    }
    session.console.say("made a key for you: \(file)")
    return .key(try Identity.makeKey(file, session.surroundings))
  }

  private func founder(_ surroundings: Surroundings) throws(CommandError) -> MemberName {
    let login = surroundings.login() ?? "admin"
    return try nameErrors(in: MemberName(login))
  }
}

/// A registry that was made.
private struct Made {
  let folder: String
  let member: MemberName
  let key: PublicKey
  let entry: SignedEntry
  let published: [Published]
}

extension Session {
  /// What was made; an id and an entry has only what is there.
  fileprivate func answer(_ made: Made, _ effect: Effect) {
    let entry = effect == .written ? made.entry : nil
    switch console.form {
    case .text:
      console.answer("\(entry == nil ? "would make" : "made") a registry at \(made.folder)")
      if let entry { console.answer("  id      \(entry.ledgerID)") }
      console.answer("  member  \(made.member), with the key \(made.key.fingerprint)")
      if !made.published.isEmpty {
        console.answer("  prompts \(made.published.count), each at its first version")
      }
    case .json:
      console.answer([
        "registry": .string(made.folder), "id": Field.text(entry?.ledgerID),
        "member": .string(made.member.text), "public_key": .string(made.key.line),
        "entry": Field.number(entry?.entry.number),
        "published": .list(made.published.map(\.value)),
      ])
    }
  }
}
