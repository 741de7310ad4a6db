import Git
import Keys
import Notation

/// Reads a commit line by line; whatever is not exactly where it belongs is refused.
struct EntryReader {
  private var lines: LineReader

  /// The entry, and its armoured signature with a final line feed.
  static func read(
    _ bytes: [UInt8]
  ) throws(Violation) -> (entry: Entry, signature: [UInt8]) {
    guard bytes.count <= Entry.sizeLimit else {
      throw Violation(.grammar, "the commit is larger than \(Entry.sizeLimit) bytes")
    }
    var reader = EntryReader(lines: LineReader(bytes))
    let tree = try reader.tree()
    let parent = try reader.parent()
    let stamp = try reader.stamp()
    let signature = try reader.signature()
    let headline = try reader.headline()
    let text = try reader.text()
    let entry = try reader.entry(tree, parent, stamp, headline: headline, text: text)
    guard reader.lines.isAtEnd else {
      throw reader.lines.refusal("stands behind the last trailer")
    }
    return (entry, signature)
  }
}

// MARK: - The header

extension EntryReader {
  private mutating func tree() throws(Violation) -> ObjectID {
    guard let id = lines.take("tree ").flatMap({ ObjectID(hex: $0) }) else {
      throw lines.refusal("is not 'tree' and the name of an object")
    }
    return id
  }

  private mutating func parent() throws(Violation) -> ObjectID? {
    guard let hex = lines.take("parent ") else { return nil }
    guard let id = ObjectID(hex: hex) else {
      throw Violation(.grammar, "the parent is not the name of an object")
    }
    guard lines.take("parent ") == nil else {
      throw Violation(.oneParent, "the commit is a merge")
    }
    return id
  }

  private mutating func stamp() throws(Violation) -> Stamp {
    guard let person = lines.take("author "), let stamp = Self.stamp(person) else {
      throw lines.refusal("is not 'author <member> <<member>@stet> <seconds> +0000'")
    }
    guard lines.take("committer ") == person else {
      throw lines.refusal("does not name the author as the committer")
    }
    return stamp
  }

  /// I15 for a commit that names two people, which keeps it from being read as an entry.
  static func foreignCommitter(in bytes: [UInt8]) -> Violation? {
    var lines = LineReader(bytes)
    _ = (lines.take("tree "), lines.take("parent "))
    guard let author = lines.take("author "), let committer = lines.take("committer "),
      name(author) != name(committer)
    else { return nil }
    return Violation(.author, "the author is '\(name(author))', the committer '\(name(committer))'")
  }

  /// Everything before the time.
  private static func name(_ person: String) -> String {
    person.parts(between: " ").dropLast(2).joined(separator: " ")
  }

  private static func stamp(_ person: String) -> Stamp? {
    let words = person.parts(between: " ")
    guard words.count == 4, Word.isMember(words[0]), words[1] == "<\(words[0])@stet>",
      let seconds = Decimal.read(words[2]), words[3] == "+0000"
    else { return nil }
    let time = Timestamp(seconds: Int64(seconds))
    guard time.seconds == seconds else { return nil }
    return Stamp(member: String(words[0]), time: time)
  }

  private mutating func signature() throws(Violation) -> [UInt8] {
    guard let first = lines.take("gpgsig ") else { throw lines.refusal("is not 'gpgsig'") }
    var signature = first + "\n"
    while let more = lines.take(" ") { signature += more + "\n" }
    try blank(after: "gpgsig")
    return Array(signature.utf8)
  }

  private mutating func blank(after what: String) throws(Violation) {
    guard lines.take("") == "" else { throw lines.refusal("is not empty, after \(what)") }
  }
}

// MARK: - The message

extension EntryReader {
  private mutating func headline() throws(Violation) -> String {
    guard let headline = lines.take(""), Word.isHeadline(headline) else {
      throw lines.refusal("is no headline")
    }
    try blank(after: "the headline")
    return headline
  }

  private mutating func text() throws(Violation) -> String {
    var text: [String] = []
    while let rest = lines.take("|") {
      guard rest.isEmpty || rest.utf8.first == UInt8(ascii: " ") && rest.utf8.count > 1 else {
        throw lines.refusal("is not '|', or '| ' and a line of text")
      }
      text.append(String(rest.unicodeScalars.dropFirst()))
    }
    guard !text.isEmpty else { return "" }
    try blank(after: "the text")
    let joined = text.joined(separator: "\n")
    if let flaw = FreeText.flaw(reading: joined) {
      throw Violation(.grammar, "the free text \(flaw)")
    }
    return joined
  }

  private mutating func entry(
    _ tree: ObjectID, _ parent: ObjectID?, _ stamp: Stamp, headline: String, text: String
  ) throws(Violation) -> Entry {
    let format = try required(.format) { Decimal.read($0) }
    let ledgerID = try optional(.ledgerID) { Digest($0) }
    let number = try required(.number) { Decimal.read($0) }
    let previous = try optional(.previous) { Digest($0) }
    let change = try required(.change) { Digest($0) }
    let operation = try required(.operation) { OperationID($0) }
    let action = try required(.action) { Word.isAction($0) ? $0 : nil }
    let request = try optional(.request) { Decimal.read($0).flatMap { $0 > 0 ? $0 : nil } }
    let decision = try optional(.decision) { Word.isAction($0) ? $0 : nil }
    let subject = try optional(.subject) { Digest($0) }
    let link = try Self.all(parent, ledgerID, previous, "parent, Ledger-Id and Ledger-Prev")
      .map { Place.Link(parent: $0, ledgerID: $1, previous: $2) }
    let review = try Self.all(decision, subject, subject, "Ledger-Decision and Ledger-Subject")
      .map { decision, subject, _ in Deed.Review(decision: decision, subject: subject) }
    return Entry(
      tree: tree, place: Place(number: number, link: link), stamp: stamp, headline: headline,
      text: text, format: format, change: change, operation: operation,
      deed: Deed(action, request: request, review: review))
  }

  private mutating func optional<T>(
    _ trailer: Trailer, _ parse: (String) -> T?
  ) throws(Violation) -> T? {
    guard let text = lines.take("\(trailer.rawValue): ") else { return nil }
    guard let value = parse(text) else {
      throw Violation(.grammar, "\(trailer.rawValue) cannot be '\(text)'")
    }
    return value
  }

  private mutating func required<T>(
    _ trailer: Trailer, _ parse: (String) -> T?
  ) throws(Violation) -> T {
    guard let value = try optional(trailer, parse) else {
      throw lines.refusal("is not \(trailer.rawValue)")
    }
    return value
  }

  /// All three or none.
  private static func all<A, B, C>(
    _ a: A?, _ b: B?, _ c: C?, _ names: String
  ) throws(Violation) -> (A, B, C)? {
    switch (a, b, c) {
    case (let a?, let b?, let c?): return (a, b, c)
    case (nil, nil, nil): return nil
    case _: throw Violation(.grammar, "\(names) stand together or not at all")
    }
  }
}
