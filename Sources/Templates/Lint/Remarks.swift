/// The remarks of one group of rules, in the order in which they were made.
///
/// Of one rule only so many are kept: whoever has made a mistake that often has understood it, and
/// a source of nothing but mistakes must not cost more than its length.
struct Remarks {
  /// The remarks of one rule that are kept.
  static let limitPerRule = 20

  private(set) var items: [(remark: Remark, place: LintPlace)] = []
  private var counts: [LintRule: Int] = [:]

  /// Keeps a remark; its place is only worked out if it is kept, and nil drops it.
  mutating func add(_ remark: Remark, at place: @autoclosure () -> LintPlace?) {
    guard counts[remark.rule, default: 0] < Self.limitPerRule, let place = place() else { return }
    counts[remark.rule, default: 0] += 1
    items.append((remark, place))
  }
}
