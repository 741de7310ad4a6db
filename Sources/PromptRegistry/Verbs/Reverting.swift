import Contracts

extension State {
  /// Puts pins back to what was live before, each to a version of its own or to the newest unyanked
  /// one: back, never forward.
  package func reverting(
    _ wishes: [Wish], in environment: EnvironmentName, why: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<[MovedPin]> {
    _ = try requireEnvironment(environment)
    try requireOnce(wishes)
    for wish in wishes { try requirePublished(wish.name) }
    try require(pen, .revert(wishes.map(\.name)))
    var edits: [Slot: [UInt8]?] = [:]
    var moved: [MovedPin] = []
    for wish in wishes.sorted(by: { $0.name < $1.name }) {
      guard let old = try pin(wish.name, in: environment) else {
        throw .conflict(.nothingBefore(wish.name, environment))
      }
      let element = try element(of: old, for: wish, in: environment)
      try requireOffered(wish.name)
      let new = old.reverted(toElement: element, pen.mover(request: nil))
      edits[.pin(environment, wish.name)] = new.bytes
      moved.append(
        MovedPin(name: wish.name, environment: environment, from: old.live, to: new.live))
    }
    let moves = moved.map { Headline.Move(name: $0.name, version: $0.to?.version) }
    return Plan(.revert(environment, moves), text: why, edits: edits, answer: moved)
  }

  /// Puts back all pins that one entry moved; refused where one of them has moved since.
  package func reverting(
    entry: Int, moved pins: [MovedPin], why: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<[MovedPin]> {
    guard let environment = pins.first?.environment else {
      throw .conflict(.entryMovedNothing(entry))
    }
    var since: [PromptName] = []
    for moved in pins where try pin(moved.name, in: environment)?.entry != entry {
      since.append(moved.name)
    }
    guard since.isEmpty else { throw .conflict(.movedSince(entry: entry, since)) }
    let wishes = pins.map { Wish(name: $0.name, version: $0.from?.version) }
    return try reverting(wishes, in: environment, why: why, pen)
  }

  private func element(
    of pin: PinRecord, for wish: Wish, in environment: EnvironmentName
  ) throws(RegistryError) -> Int {
    for (index, stay) in pin.before.enumerated() {
      guard wish.version == nil || wish.version == stay.mark.version else { continue }
      let yank = try yank(of: wish.name, stay.mark.version)
      if yank == nil { return index }
      if let version = wish.version, let yank {
        throw .yanked(wish.name, version, why: yank.why)
      }
    }
    guard let version = wish.version else {
      throw .conflict(.nothingBefore(wish.name, environment))
    }
    throw .conflict(.neverLive(wish.name, environment, version))
  }
}
