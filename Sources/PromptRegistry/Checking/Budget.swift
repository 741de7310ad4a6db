import Notation
import Templates

/// How large a rendering of a prompt may become, as `stet.budget` in its front matter says.
struct Budget {
  /// Estimated, as all counts of tokens are.
  let tokens: Int

  private static let key = "stet.budget"

  /// Nil where a prompt has none; one that is written otherwise would hold nothing, so it is an
  /// error with its place.
  init?(_ front: FrontMatter?) throws(RecordError) {
    guard let front else { return nil }
    guard front.document.value["stet"] == nil else {
      throw RecordError(
        place: [.key("stet")], problem: .wrongType(expected: "written with a dot, '\(Self.key)'"))
    }
    guard let value = front.document.value[Self.key] else { return nil }
    var fields = try RecordFields(value, at: [.key(Self.key)])
    tokens = try fields.parsed("tokens", "a whole number above 0") { value in
      value.integer.flatMap { $0 > 0 ? $0 : nil }
    }
    try fields.finish()
  }
}

extension Complaint {
  /// Something that is wrong with a budget.
  init(_ error: RecordError, in file: PromptFile) {
    self.init(
      file, at: error.place, ErrorText.message(error),
      hint: "a budget is written 'stet.budget: {tokens: 4000}'")
  }
}
