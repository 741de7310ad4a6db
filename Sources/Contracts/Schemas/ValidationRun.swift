import Notation
import Patterns

/// What one validation has used up, found and looked at so far.
struct ValidationRun {
  enum Mode { case stoppingAtFirst, collecting }

  /// Why a value could not be checked to the end; such a value counts as not valid.
  enum Limit: Hashable, Sendable {
    case depth, steps, violations
    case pattern(PatternError)
  }

  /// Schemas inside one another, references included; values are at most 128 deep.
  static let depthLimit = 640
  /// Schemas applied to parts of the value, in all.
  static let stepLimit = 5_000_000
  static let violationLimit = 10_000

  private(set) var isCollecting: Bool
  /// How often something was broken, recorded or not.
  private(set) var failures = 0
  private(set) var exhausted: Limit?
  private var isExhaustionFound = false
  private var found: [Violation] = []
  private var steps = 0
  private var depth = 0
  /// The schema resources entered on the way here, for `$dynamicRef`.
  var scope: [Int] = []
  /// Which parts of the value at hand some keyword has looked at; kept up only while marking.
  var marks = Marks()
  var isMarking = false

  private let stepLimit: Int

  init(_ mode: Mode, stepLimit: Int = ValidationRun.stepLimit) {
    isCollecting = mode == .collecting
    self.stepLimit = stepLimit
  }

  /// What was found, and after it the limit that ended the search, if one did.
  var violations: [Violation] {
    guard let exhausted, !isExhaustionFound else { return found }
    return found + [Violation(breach: .limit(exhausted))]
  }

  /// Counts one schema applied to one part; false once a limit is reached.
  @inline(__always)
  mutating func enter() -> Bool {
    steps += 1
    depth += 1
    guard steps <= stepLimit, depth <= Self.depthLimit, exhausted == nil else {
      exhaust(depth > Self.depthLimit ? .depth : .steps)
      return false
    }
    return true
  }

  @inline(__always)
  mutating func leave() { depth -= 1 }

  /// Charges work that is not the application of a schema.
  mutating func spend(_ steps: Int) { self.steps += steps }

  mutating func exhaust(_ limit: Limit) {
    guard exhausted == nil else { return }
    exhausted = limit
    noteExhaustion()
  }

  /// Records a pattern that takes too long where it stands in the value; inside a probe that is
  /// known only behind it.
  private mutating func noteExhaustion() {
    guard isCollecting, !isExhaustionFound, case .pattern(let error)? = exhausted else { return }
    found.append(Violation(breach: .limit(.pattern(error))))
    isExhaustionFound = true
  }

  /// Notes that something is broken; true if there is a reason to go on. Where a limit was reached
  /// nobody knows whether it is.
  @inline(__always)
  mutating func goesOn(after breach: @autoclosure () -> Breach) -> Bool {
    failures += 1
    if isCollecting, exhausted == nil { record(breach()) }
    return isCollecting
  }

  private mutating func record(_ breach: Breach) {
    guard found.count < Self.violationLimit else { return exhaust(.violations) }
    found.append(Violation(breach: breach))
  }
}

extension ValidationRun {
  /// Runs a check of a part of the value at hand, and puts the step to it before what it finds.
  @inline(__always)
  mutating func part(
    _ step: @autoclosure () -> PathStep, _ check: (inout ValidationRun) -> Bool
  ) -> Bool {
    let wasMarking = isMarking
    isMarking = false
    defer { isMarking = wasMarking }
    guard isCollecting else { return check(&self) }
    let first = found.count
    _ = check(&self)
    let step = step()
    for index in first..<found.count { found[index].reversedPath.append(step) }
    return true
  }

  /// Runs a check whose failure breaks nothing by itself; what a failing one marked is forgotten.
  @inline(__always)
  mutating func probe(_ check: (inout ValidationRun) -> Bool) -> Bool {
    let before = (isCollecting, failures)
    let marksBefore = isMarking ? marks : Marks()
    isCollecting = false
    let holds = check(&self)
    (isCollecting, failures) = before
    noteExhaustion()
    if !holds, isMarking { marks = marksBefore }
    return holds
  }

  /// A probe of a part of the value at hand.
  @inline(__always)
  mutating func probePart(_ check: (inout ValidationRun) -> Bool) -> Bool {
    let wasMarking = isMarking
    isMarking = false
    defer { isMarking = wasMarking }
    return probe(check)
  }

  /// Runs a check while marking what it looks at; what it marked stays marked further out.
  mutating func marking(_ check: (inout ValidationRun) -> Bool) -> Bool {
    let outer = (isMarking, marks)
    (isMarking, marks) = (true, Marks())
    let holds = check(&self)
    let inner = marks
    (isMarking, marks) = outer
    if isMarking { marks.formUnion(inner) }
    return holds
  }
}

/// Positions in a list, or among the entries of a map.
struct Marks {
  private var all = false
  private var first: UInt64 = 0
  private var rest: Set<Int> = []

  func contains(_ position: Int) -> Bool {
    all || (position < 64 ? first & (1 << UInt64(position)) != 0 : rest.contains(position))
  }

  mutating func insert(_ position: Int) {
    if position < 64 { first |= 1 << UInt64(position) } else { rest.insert(position) }
  }

  mutating func insertAll() { all = true }

  mutating func formUnion(_ other: Marks) {
    all = all || other.all
    first |= other.first
    rest.formUnion(other.rest)
  }
}
