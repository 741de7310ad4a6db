package import Notation

/// How far a change moves a prompt's number, and why.
package struct Verdict: Hashable, Sendable {
  /// The weight of the weightiest reason; `patch` without any.
  package let bump: Bump
  /// The weightiest first, then by path; none for a change of text alone.
  package let reasons: [Reason]
  /// The table that judged, for the record.
  package var rules: Int { Rule.tableVersion }

  /// Judges the step from one contract to the next; without a former one it is the first release.
  ///
  /// Throws where a schema of the new contract is none. A former schema that cannot be read counts
  /// as one with which nothing can be shown.
  package init(from former: Contract?, to next: Contract) throws(SchemaError) {
    var judgement = Judgement()
    try judgement.judge(from: former ?? next, to: next)
    reasons = judgement.reasons.sorted(by: Reason.precedes)
    bump = former == nil ? .first : reasons.map(\.rule.bump).max() ?? .patch
  }
}

/// One change that its users feel.
package struct Reason: Hashable, Sendable {
  /// `/input/user/name`: `input`, `output`, `variables` and so on, then names of properties; `*`
  /// stands for every item and for every property without a name of its own.
  package let path: String
  /// Which way of changing it is.
  package let rule: Rule
  /// What was and what is there, null where there is nothing; long values are only counted.
  package let before: Value
  /// See `before`.
  package let after: Value

  /// The longest JSON text of a value that a reason keeps, in bytes.
  package static let valueLimit = 1024

  /// A reason as read from a record; long values are shortened here.
  package init(path: String, rule: Rule, before: Value, after: Value) {
    self.path = path
    self.rule = rule
    self.before = Self.shortened(before)
    self.after = Self.shortened(after)
  }

  private static func shortened(_ value: Value) -> Value {
    let size = JSON.bytes(value).count
    return size <= valueLimit ? value : .string("\(size) bytes of JSON")
  }

  fileprivate static func precedes(_ one: Reason, _ other: Reason) -> Bool {
    if one.rule.bump != other.rule.bump { return one.rule.bump > other.rule.bump }
    let (left, right) = (Array(one.path.utf8), Array(other.path.utf8))
    return left == right
      ? one.rule.rawValue < other.rule.rawValue : left.lexicographicallyPrecedes(right)
  }
}
