/// A kind of finding that somebody lets pass, and why: `secret:it is an example`.
struct Allowance: ArgumentValue {
  private let id: String

  init(argument text: String, of name: String) throws(CommandError) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, !parts[1].allSatisfy(\.isWhitespace) else {
      throw .usage(.badValue(of: name, text: text, expected: "it is written 'secret:the reason'"))
    }
    id = String(parts[0])
  }

  /// The ids of the findings that pass.
  static func ids(_ allowances: [Allowance]) -> Set<String> { Set(allowances.map(\.id)) }
}
