import Keys
import Contracts
package import Ledger

/// Judges one entry by its parent alone: invariants 14 to 27.
///
/// It collects every invariant that the entry breaks. What cannot be read counts as broken under
/// the invariant of records, and the rest is still judged.
package struct Judge {
  let transition: StateChange
  private(set) var violations: [Ledger.Violation] = []
  /// Why something could not be read at all, which is nothing that the entry breaks.
  private var obstacle: LedgerError?

  private init(_ transition: StateChange) { self.transition = transition }

  /// Adds everything that is wrong with an entry; nothing where nothing is. Throws where something
  /// cannot be read, after all that could be judged without it.
  package static func judge(
    _ change: StateChange, _ found: inout [Ledger.Violation]
  ) throws(LedgerError) {
    found += violationsOfAuthority(change.heading, under: (change.before ?? change.after).policy)
    if let before = change.before {
      found += violationsOfWhatStays(change.changes, change.action, after: before)
    }
    try judgeAction(change, &found)
  }

  /// The part of `judge` that needs the state after the entry.
  static func judgeAction(
    _ change: StateChange, _ found: inout [Ledger.Violation]
  ) throws(LedgerError) {
    var judge = Judge(change)
    judge.part { judge throws(RegistryError) in try judge.checkAction() }
    found += judge.violations
    if let obstacle = judge.obstacle { throw obstacle }
  }
}

extension Judge {
  var heading: Heading { transition.heading }
  var after: State { transition.after }
  var changes: [SlotChange] { transition.changes }
  /// The policy by which the entry is judged: that of the parent, or its own for the first.
  var policy: Policy { (transition.before ?? transition.after).policy }

  mutating func report(_ invariant: Invariant, _ message: String) {
    violations.append(Violation(invariant, message))
  }

  mutating func check(_ holds: Bool, _ invariant: Invariant, _ message: @autoclosure () -> String) {
    if !holds { report(invariant, message()) }
  }

  /// Runs one part of the checks; what it cannot read keeps no other part from being run.
  mutating func part(_ check: (inout Judge) throws(RegistryError) -> Void) {
    do throws(RegistryError) { try check(&self) } catch {
      guard case .ledger(let cause) = error else {
        return report(.records, ErrorText.message(error))
      }
      obstacle = obstacle ?? cause
    }
  }

  /// The member that signed, where the author line names one.
  var author: MemberName? {
    // A name that is none is reported as I15.
    try? MemberName(heading.author)
  }
}

// MARK: - What holds for every action

extension Judge {
  /// What of I14 to I16 an entry breaks: who signed it, and in whose name.
  static func violationsOfAuthority(
    _ heading: Heading, under policy: Policy
  ) -> [Ledger.Violation] {
    guard let (member, standing) = policy.holder(of: heading.key) else {
      return [Violation(.enrolled, "the key \(heading.key.fingerprint) is enrolled for nobody")]
    }
    var found: [Ledger.Violation] = []
    if case .revoked(let at) = standing {
      found.append(
        Violation(.notRevoked, "the key of '\(member.name)' was revoked at \(at)"))
    }
    let named = heading.author
    if member.name.text != named {
      found.append(
        Violation(.author, "the author line says '\(named)', the key is that of '\(member.name)'"))
    }
    return found
  }

  /// What of I18, I22 and I23 an entry breaks by what it changes, whatever it puts there.
  static func violationsOfWhatStays(
    _ changes: [SlotChange], _ action: Action, after before: State
  ) -> [Ledger.Violation] {
    var found: [Ledger.Violation] = []
    for change in changes {
      let path = change.slot.path
      switch change.slot {
      case .version(let name, let version, _):
        // A version is one tree: adding a file to it later changes it too.
        let stood = (try? before.record(of: name, version)) ?? nil
        if change.kind == .added, stood == nil { continue }
        found.append(
          Violation(.frozen, "'\(path)' belongs to a version that was published before"))
      case .yanked where change.kind != .added:
        found.append(Violation(.frozen, "'\(path)' was taken back or changed"))
      case .ledger:
        found.append(Violation(.frozen, "'\(path)' never changes"))
      case .pin where !action.movesPins:
        found.append(
          Violation(
            .pinMoves, "'\(path)' changes in an entry that neither promotes nor reverts"))
      case .request where change.kind == .changed, .requestPolicy where change.kind == .changed:
        found.append(Violation(.review, "'\(path)' changed, and a request never does"))
      case .review where action != .review && change.kind != .removed:
        found.append(Violation(.review, "'\(path)' changes in an entry that is no review"))
      case .policy, .services, .allowedSigners, .prompt, .yanked, .pin, .lock, .request,
        .requestPolicy, .review:
        break
      }
    }
    return found
  }
}

extension Judge {
  private mutating func checkAction() throws(RegistryError) {
    switch transition.action {
    case .`init`: try judgeInit()
    case .publish: try judgePublish()
    case .yank: try judgeYank()
    case .retire: try judgeRetire()
    case .request: try judgeRequest()
    case .review: try judgeReview()
    case .close: try judgeClose()
    case .promote: try judgePromote()
    case .revert: try judgeRevert()
    case .lock, .unlock: try judgeLock()
    case .policy: try judgePolicy()
    case .service: try judgeService()
    }
  }
}

// MARK: - What many actions ask

extension Judge {
  /// The diff must be exactly these changes, no more and no less; a pin that moves beside them is
  /// moved by nothing that moves pins.
  mutating func checkDiff(isExactly expected: Set<SlotChange>) {
    let actual = Set(changes)
    let slots = Set(expected.map(\.slot))
    for extra in actual.subtracting(expected).sorted() {
      report(
        .action, "'\(extra.slot.path)' is \(extra.kind), which \(transition.action) does not do")
      guard case .pin = extra.slot, transition.action.movesPins, !slots.contains(extra.slot) else {
        continue
      }
      report(.pinMoves, "'\(extra.slot.path)' is none of the pins that the entry says it moves")
    }
    for absent in expected.subtracting(actual).sorted() {
      report(.action, "'\(absent.slot.path)' should have been \(absent.kind)")
    }
  }

  mutating func checkHeadline(_ headline: Headline) {
    let line = heading.headline
    check(
      line == headline.text, .grammar,
      "the first line says '\(line)', the change is '\(headline.text)'")
  }

  mutating func checkRight(_ right: Right) {
    guard let author else { return }
    check(
      policy.allows(author, right), .rights,
      "'\(author)' may not \(ErrorText.phrase(right))")
  }

  mutating func checkReason() {
    let action = transition.action
    check(!heading.text.isEmpty, .action, "\(action) needs a reason")
  }

  /// Whether a record says what the entry does, byte for byte.
  func isText(_ text: String) -> Bool { text.utf8.elementsEqual(heading.text.utf8) }

  /// The trailers that only some actions carry.
  mutating func checkTrailers(request: Bool, review: Bool) {
    check((heading.request != nil) == request, .grammar, "Ledger-Request is out of place")
    check((heading.review != nil) == review, .grammar, "Ledger-Decision is out of place")
  }

  /// The state before, which every action but the first has.
  var parent: State {
    guard let before = transition.before else {
      preconditionFailure("only the first entry has no parent, and it is judged as init")
    }
    return before
  }
}

extension SlotChange: Comparable {
  package static func < (left: SlotChange, right: SlotChange) -> Bool {
    left.slot.path < right.slot.path
  }
}
