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

  private init(_ transition: StateChange) { self.transition = transition }

  /// Everything that is wrong with an entry; empty where nothing is.
  package static func violations(of transition: StateChange) -> [Ledger.Violation] {
    var judge = Judge(transition)
    judge.run()
    return judge.violations
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

  /// The member that signed, where the author line names one.
  var author: MemberName? {
    // A name that is none is reported as I15.
    try? MemberName(heading.author)
  }

  private mutating func run() {
    checkAuthority()
    checkFrozen()
    checkPinsAndRequestsStay()
    do throws(RegistryError) {
      try checkAction()
    } catch {
      report(.records, ErrorText.message(error))
    }
  }

  private mutating func checkAuthority() {
    guard let (member, standing) = policy.holder(of: heading.key) else {
      report(.enrolled, "the key \(heading.key.fingerprint) is enrolled for nobody")
      return
    }
    if case .revoked(let at) = standing {
      report(.notRevoked, "the key of '\(member.name)' was revoked at \(at)")
    }
    let named = heading.author
    check(
      member.name.text == named, .author,
      "the author line says '\(named)', the key is that of '\(member.name)'")
  }

  private mutating func checkFrozen() {
    guard let before = transition.before else { return }
    for change in changes {
      switch change.slot {
      case .version(let name, let version, _):
        // A version is one tree: adding a file to it later changes it too.
        let stood = (try? before.record(of: name, version)) ?? nil
        if change.kind != .added || stood != nil {
          report(.frozen, "'\(change.slot.path)' belongs to a version that was published before")
        }
      case .yanked where change.kind != .added:
        report(.frozen, "'\(change.slot.path)' was taken back or changed")
      case .ledger:
        report(.frozen, "'\(change.slot.path)' never changes")
      case .policy, .services, .allowedSigners, .prompt, .yanked, .pin, .lock, .request,
        .requestPolicy, .review:
        break
      }
    }
  }

  private mutating func checkPinsAndRequestsStay() {
    for change in changes {
      switch change.slot {
      case .pin where transition.action != .promote && transition.action != .revert:
        report(
          .pinMoves, "'\(change.slot.path)' changes in an entry that neither promotes nor reverts")
      case .request where change.kind == .changed, .requestPolicy where change.kind == .changed:
        report(.review, "'\(change.slot.path)' changed, and a request never does")
      case .review where transition.action != .review && change.kind != .removed:
        report(.review, "'\(change.slot.path)' changes in an entry that is no review")
      case _:
        break
      }
    }
  }

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
  /// The diff must be exactly these changes, no more and no less.
  mutating func checkDiff(isExactly expected: Set<SlotChange>) {
    let actual = Set(changes)
    for extra in actual.subtracting(expected).sorted() {
      report(
        .action, "'\(extra.slot.path)' is \(extra.kind), which \(transition.action) does not do")
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
