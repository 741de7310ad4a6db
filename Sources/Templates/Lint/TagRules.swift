/// The rules that look at the tags of a template one by one, also where it does not parse.
struct TagRules {
  private let source: SourceText
  private let helpers: [String]
  private var remarks = Remarks()

  /// All remarks on the tags between two offsets.
  static func remarks(
    in source: SourceText, _ range: Range<Int>
  ) -> [(remark: Remark, place: LintPlace)] {
    var rules = TagRules(source: source)
    for tag in TagScanner.tags(in: source, range) { rules.check(tag) }
    return rules.remarks.items
  }

  private init(source: SourceText) {
    self.source = source
    helpers = Dialect.dotprompt.knownHelpers.map(\.rawValue)
  }

  private mutating func check(_ tag: Tag) {
    let words = TagWord.words(of: tag.content, in: source)
    if tag.openingBraces == 2, tag.closingBraces > 2 {
      add(.closingBrace(text(tag.content)), tag.range)
    }
    guard let first = words.first else { return }
    if first.text == "#section" || first.text == "/section" {
      add(.sectionBlock(words.dropFirst().first?.unquoted), tag.range)
      return
    }
    for word in words.dropFirst() {
      guard let sign = word.operatorWithin else { continue }
      add(.operatorInTag(sign), word.range)
      return
    }
    checkRole(words)
    if !first.text.contains(">") { for word in words { check(pathIn: word) } }
    checkHelper(words)
  }

  private mutating func checkRole(_ words: [TagWord]) {
    guard words.count > 1, words[0].text == "role", let role = words[1].unquoted else { return }
    guard Role(rawValue: role) == nil else { return }
    add(.unknownRole(role, nearest: Role.nearest(to: role)), words[1].range)
  }

  private mutating func check(pathIn word: TagWord) {
    let text = word.text.split(separator: "=").last ?? ""
    let path = text.drop { "#^&(".contains($0) }.prefix { $0 != ")" }
    let parts = path.split(whereSeparator: { $0 == "." || $0 == "/" })
    guard word.unquoted == nil, parts.count > 1, parts.first?.first?.isNumber == false,
      parts.contains(where: { $0.allSatisfy(\.isNumber) })
    else { return }
    add(.plainIndex(String(path)), word.range)
  }

  private mutating func checkHelper(_ words: [TagWord]) {
    let call = words.first?.text == "else" ? words.dropFirst() : words[...]
    if let name = call.first?.calledName, call.count > 1, call.dropFirst().first?.text != "as" {
      check(helper: name, call.first?.range)
    }
    for word in call where word.text.hasPrefix("(") {
      check(helper: String(word.text.drop { $0 == "(" }.prefix { $0 != ")" }), word.range)
    }
  }

  private mutating func check(helper name: String, _ range: Range<Int>?) {
    guard let range, !helpers.contains(name) else { return }
    let meant = Self.otherHelpers[name.lowercased()] ?? Nearest.to(name, among: helpers)
    add(.unknownHelper(name, nearest: meant), range)
  }

  private static let otherHelpers = [
    "elseif": "else if", "elsif": "else if", "elif": "else if", "for": "each", "foreach": "each",
    "eq": "ifEquals", "equals": "ifEquals", "ifeq": "ifEquals", "neq": "unlessEquals",
    "tojson": "json", "stringify": "json",
  ]

  private mutating func add(_ remark: Remark, _ range: Range<Int>) {
    remarks.add(remark, at: LintPlace(range, in: source))
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: source.bytes[range], as: UTF8.self)
  }
}

/// One word of a tag: text between white space, a quoted text being one word.
struct TagWord {
  let text: String
  let range: Range<Int>

  static func words(of range: Range<Int>, in source: SourceText) -> [TagWord] {
    var words: [TagWord] = []
    var cursor = range.lowerBound
    while cursor < range.upperBound {
      guard source.bytes[cursor] > UInt8(ascii: " ") else {
        cursor += 1
        continue
      }
      let end = wordEnd(from: cursor, in: source.bytes[..<range.upperBound])
      let text = String(decoding: source.bytes[cursor..<end], as: UTF8.self)
      words.append(TagWord(text: text, range: cursor..<end))
      cursor = end
    }
    return words
  }

  private static func wordEnd(from start: Int, in bytes: ArraySlice<UInt8>) -> Int {
    var cursor = start
    while cursor < bytes.endIndex, bytes[cursor] > UInt8(ascii: " ") {
      let byte = bytes[cursor]
      cursor += 1
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else { continue }
      while cursor < bytes.endIndex, bytes[cursor] != byte { cursor += 1 }
      cursor = min(cursor + 1, bytes.endIndex)
    }
    return cursor
  }

  /// The text within the quotes; nil for a word that is not quoted.
  var unquoted: String? {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1,
      text.last == quote
    else { return nil }
    return String(text.dropFirst().dropLast())
  }

  /// What people write between two values, or in front of one, in other languages.
  var operatorWithin: String? {
    let bare = text.prefix { $0 != "\"" && $0 != "'" && $0 != "[" }
    if Self.alone.contains(String(bare)) { return String(bare) }
    if bare.hasPrefix("!") && !bare.hasPrefix("!=") { return "!" }
    return Self.anywhere.first { bare.contains($0) }
  }

  private static let anywhere = ["===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??"]
  private static let alone: Set<String> = ["<", ">", "+", "-", "*", "/", "%", "=", "?"]

  /// The helper that a first word calls: `foo` of `{{foo x}}`, `{{#foo x}}` and `{{~foo x}}`.
  var calledName: String? {
    let name = text.drop { $0 == "#" || $0 == "^" || $0 == "&" }
    let isName = name.utf8.allSatisfy {
      $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
    return isName && !name.isEmpty ? String(name) : nil
  }
}
