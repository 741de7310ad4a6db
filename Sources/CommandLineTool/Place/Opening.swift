import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// A registry that a command works on, verified.
struct Opened: Sendable {
  let place: Place
  let registry: Registry
  /// The newest entry and the state after it.
  let tip: RegistryTip

  var state: State { tip.state }
}

extension Session {
  /// Finds the registry and verifies what is new in it, with progress on a terminal. Where an entry
  /// does not hold, what is read is the registry before it, and that is said.
  func open() throws(CommandError) -> Opened { try open(try Place.find(self)) }

  /// The same for a verb, which decides on what the host has where there is one.
  func open(for effect: Effect) throws(CommandError) -> Opened {
    let opened = try openWhole()
    guard effect == .written, let remote = try remote(of: opened.place) else { return opened }
    _ = try pull(opened.registry, from: remote)
    return Opened(
      place: opened.place, registry: opened.registry, tip: try wholeTip(of: opened.registry))
  }

  /// The same for whoever goes on from the newest entry: every entry has to hold.
  func openWhole() throws(CommandError) -> Opened {
    let place = try Place.find(self)
    let registry = try registry(at: place, expectedID: nil)
    return Opened(place: place, registry: registry, tip: try wholeTip(of: registry))
  }

  /// The same as the host has it, for whoever must see exactly what is there. Where the host cannot
  /// be asked, says so and goes on with what is here.
  func openNewest() throws(CommandError) -> Opened {
    let opened = try open()
    guard let remote = try remote(of: opened.place) else { return opened }
    do throws(CommandError) { _ = try pull(opened.registry, from: remote) } catch {
      guard error.leavesTheCopy else { throw error }
      console.say("warning: what follows is the copy here: \(ErrorReport(error).message.visible)")
    }
    return Opened(
      place: opened.place, registry: opened.registry, tip: try newestTip(of: opened.registry))
  }

  /// The same with the registry of a folder.
  func open(_ folder: String) throws(CommandError) -> Opened {
    try open(try Place.named(surroundings.path(folder)))
  }

  private func open(_ place: Place) throws(CommandError) -> Opened {
    let registry = try registry(at: place, expectedID: nil)
    let tip = try newestTip(of: registry)
    return Opened(place: place, registry: registry, tip: tip)
  }

  /// Opens the ledger of a place; nothing of it is believed yet.
  func registry(at place: Place, expectedID: Digest?) throws(CommandError) -> Registry {
    if stateFolder == nil { warnOfNoMemory() }
    return try registryErrors(
      in: Registry.open(place.ledger, memory: memory(of: place), expectedID: expectedID))
  }

  /// Verifies what is new, and warns of what does not hold and where that cannot be remembered.
  func newestTip(of registry: Registry) throws(CommandError) -> RegistryTip {
    let tip = try verifiedTip(of: registry)
    if let refused = tip.refused { warn(of: refused) }
    return tip
  }

  /// The same where every entry has to hold.
  func wholeTip(of registry: Registry) throws(CommandError) -> RegistryTip {
    let tip = try verifiedTip(of: registry)
    return try registryErrors(in: tip.whole())
  }

  private func verifiedTip(of registry: Registry) throws(CommandError) -> RegistryTip {
    let line = ProgressLine("verifying", on: console.talk)
    defer { line.end() }
    let tip = try registryErrors(in: registry.tip { line.report($0.done, of: $0.total) })
    if let problem = tip.memoryProblem { warn(ofMemory: problem) }
    return tip
  }

  /// Forgets what stood at a place where a ledger is about to begin.
  func forget(_ place: Place) throws(CommandError) {
    try ledgerErrors { () throws(LedgerError) in try memory(of: place)?.forget() }
  }

  /// Remembers a ledger that was just made, whatever this machine knew of the place.
  func remember(_ entry: SignedEntry, at place: Place) {
    if stateFolder == nil { warnOfNoMemory() }
    do throws(LedgerError) {
      try memory(of: place)?.begin(with: Remembered(entry))
    } catch {
      warn(ofMemory: error)
    }
  }

  /// Says what does not hold, and that the registry ends before it.
  func warn(of refused: BrokenEntry) {
    console.say("warning: \(refused.message.visible); the registry is read as it was before")
  }

  /// Says that all will be verified again next time, and why.
  func warn(ofMemory problem: LedgerError) {
    warn(ofMemory: problem.message)
  }

  /// Says that nobody would notice another ledger in the place of this one, and why.
  private func warnOfNoMemory() {
    warn(ofMemory: Self.noStateFolder)
  }

  private func warn(ofMemory reason: String) {
    console.sayOnce("warning: \(ErrorText.warning(ofMemory: reason))")
  }

  /// Finds the registry as `open` does, and makes ready for questions about its past.
  func openWithHistory() throws(CommandError) -> Opened {
    let opened = try open()
    let line = ProgressLine("indexing", on: console.talk)
    defer { line.end() }
    try registryErrors { () throws(RegistryError) in
      try opened.registry.prepareHistory(upTo: opened.tip.entry) {
        line.report($0.done, of: $0.total)
      }
    }
    return opened
  }

  /// What this machine remembers of a place.
  func memory(of place: Place) -> Memory? {
    stateFolder.map { Memory(folder: $0, place: Self.realPath(place.ledger)) }
  }

  /// The path without links, also of what does not exist yet.
  private static func realPath(_ path: String) -> String {
    // That it does not exist is what the rest is for.
    if let real = try? FileSystem.realPath(path) { return real }
    guard path != "/", let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      return path
    }
    return realPath(String(path[..<slash])) + path[slash...]
  }

  /// Why this machine has no place to remember in.
  static let noStateFolder = "neither STET_STATE, XDG_STATE_HOME nor HOME is set"

  /// Where this machine keeps what it remembers; nil where it has no place for it.
  var stateFolder: String? {
    if let folder = surroundings.variable("STET_STATE") { return surroundings.path(folder) }
    if let folder = surroundings.variable("XDG_STATE_HOME") { return "\(folder)/stet" }
    return surroundings.variable("HOME").map { "\($0)/.local/state/stet" }
  }

  /// What would be written next, by whoever runs this, now.
  func order() throws(CommandError) -> Order {
    order(signedBy: try Identity.signer(self), for: nil)
  }

  /// What is written next with a key, and the host that has to agree, if there is one.
  func order(signedBy signer: Signer, for remote: Remote?) -> Order {
    let digits = Array("0123456789abcdef")
    let nonce = surroundings.random(OperationID.nonceSize).flatMap { byte in
      [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    var order = Order(signer: signer, now: surroundings.now(), nonce: String(nonce))
    order.remote = remote
    return order
  }
}

extension CommandError {
  /// Whether a host could not be asked, or has what does not hold behind what it has: the copy here
  /// is no worse for that.
  fileprivate var leavesTheCopy: Bool {
    switch self {
    case .registry(.ledger(.broken(let broken))): broken.number != nil
    case .registry(.ledger(.remote(_, let problem))): problem.isAboutTheWay
    case .registry(.ledger(.busy)), .registry(.ledger(.platform)): true
    case _: false
    }
  }
}

/// Gives the errors of one expression about the registry the type of commands.
func registryErrors<Result>(
  in expression: @autoclosure () throws(RegistryError) -> Result
) throws(CommandError) -> Result {
  try registryErrors(expression)
}

/// Gives the errors of one expression about the system the type of commands.
func platformErrors<Result>(
  in expression: @autoclosure () throws(PlatformError) -> Result
) throws(CommandError) -> Result {
  try platformErrors(expression)
}

/// Runs something of the registry and gives its errors the type of commands.
func registryErrors<Result>(
  _ body: () throws(RegistryError) -> Result
) throws(CommandError) -> Result {
  do throws(RegistryError) { return try body() } catch { throw .registry(error) }
}

/// Runs something of the system and gives its errors the type of commands.
func platformErrors<Result>(
  _ body: () throws(PlatformError) -> Result
) throws(CommandError) -> Result {
  do throws(PlatformError) { return try body() } catch { throw .platform(error) }
}

/// Runs something of the ledger and gives its errors the type of commands.
func ledgerErrors<Result>(
  _ body: () throws(LedgerError) -> Result
) throws(CommandError) -> Result {
  do throws(LedgerError) { return try body() } catch { throw .registry(.ledger(error)) }
}
