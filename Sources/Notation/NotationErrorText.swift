extension NotationError {
  /// Whether the text may be right, and is longer or deeper than is allowed.
  package var isLimit: Bool {
    switch problem {
    case .tooLarge, .tooDeep: true
    case _: false
    }
  }

  /// One sentence that says what was refused and by which rule; without the place.
  package var message: String {
    switch problem {
    case .tooLarge(let limit): "the text is longer than \(limit) bytes"
    case .tooDeep(let limit): "values are nested deeper than \(limit) levels"
    case .invalidUTF8: "the text is not valid UTF-8"
    case .byteOrderMark: "the text begins with a byte order mark"
    case .controlCharacter(let scalar):
      "the character \(scalar.codePoint) may only stand as an escape"
    case .duplicateKey(let key): "the key '\(key)' stands twice in one map"
    case .numberTooLarge(let text): "the number \(text) is too large for JSON"
    case .endsEarly(let expected): "the text ends where \(expected.text) is expected"
    case .unexpected(let scalar, let expected):
      "\(scalar.quoted) stands where \(expected.text) is expected"
    case .badEscape(let text): "'\(text)' is no escape"
    case .badNumber(let text): "'\(text)' is not a number as JSON writes it"
    case .loneSurrogate(let text): "'\(text)' is half of a surrogate pair"
    case .notCanonical: "the record is not in its canonical form"
    case .malformed(let malformation): malformation.message
    case .anchor(let name): "the anchor '&\(name)' is outside the portable subset of YAML"
    case .alias(let name): "the alias '*\(name)' is outside the portable subset of YAML"
    case .tag(let tag): "the tag '\(tag)' is outside the portable subset of YAML"
    case .keyIsNotText(let text): "the key \(text.isEmpty ? "''" : text) is not a text"
    case .keyIsCollection: "a list or a map cannot be a key"
    case .severalDocuments: "a second YAML document begins here"
    case .notFinite(let text): "\(text) is a number that JSON cannot hold"
    }
  }

  /// What to do about it, where there is one thing to do.
  package var hint: String? {
    switch problem {
    case .tooLarge, .tooDeep, .numberTooLarge, .endsEarly, .badNumber: nil
    case .invalidUTF8: "save the file as UTF-8"
    case .byteOrderMark: "save the file without a byte order mark"
    case .controlCharacter(let scalar):
      "write \"\\u\(scalar.value.hex(width: 4))\" in double quotes"
    case .duplicateKey: "keep one of them"
    case .unexpected(let scalar, let expected): expected.hint(insteadOf: scalar)
    case .badEscape: "a backslash itself is written '\\\\'"
    case .loneSurrogate: "write the character itself, or both halves"
    case .notCanonical: "records are written by stet alone; restore this one from its history"
    case .malformed(let malformation): malformation.hint
    case .anchor, .alias: "write the value out in each place"
    case .tag: "leave the tag out; quote the value if it is a text"
    case .keyIsNotText(let text): "quote it: \"\(text)\""
    case .keyIsCollection: "quote it if it is a text"
    case .severalDocuments: "keep one document, without '---' or '...' between"
    case .notFinite: "quote it if it is a text"
    }
  }
}

extension NotationError.Malformation {
  fileprivate var message: String {
    switch self {
    case .wrongIndent: "this line is indented like nothing that it could belong to"
    case .tabAsIndent: "a tab stands where only spaces can indent"
    case .blockInLine: "a list or a map cannot begin within this line"
    case .itemAmongKeys: "a list item stands among the keys of a map"
    case .missingColon: "a key stands here without a ':' behind it"
    case .missingValue: "a value is expected here"
    case .keyWithinText: "a ':' makes a key of this line, but it goes on from the line above"
    case .keyTooLong(let limit): "this key is longer than \(limit) characters"
    case .textBehindValue: "there is more text behind the end of a value"
    case .commentWithoutSpace: "a '#' stands here without a space before it"
    case .reserved(let scalar): "'\(scalar)' cannot begin a text without quotes"
    case .markerInside: "a line '---' or '...' stands inside a value"
    case .badBlockHeader: "behind '|' or '>' only a digit, '+' or '-' may follow"
    case .blankLineDeeper: "a blank line before this text is indented deeper than the text"
    case .badDirective(let text): "'\(text)' is not a directive '%YAML 1.2'"
    case .directiveWithoutDocument: "no document follows the directives"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .wrongIndent: "indent it as far as the line above that it belongs to"
    case .tabAsIndent: "indent with spaces"
    case .blockInLine: "quote the text if it contains ': ', or begin a new line"
    case .itemAmongKeys: "indent the item below the key it belongs to"
    case .missingColon: "write 'key: value', or indent the line if it goes on from the one above"
    case .textBehindValue, .reserved: "quote the whole text"
    case .commentWithoutSpace: "put a space before it, or quote the text"
    case .markerInside: "close the quote or bracket before it"
    case .blankLineDeeper: "remove the spaces of the blank line"
    case .directiveWithoutDocument: "begin the document with '---'"
    case .keyWithinText: "indent it like the key it stands beside, or quote the text"
    case .missingValue, .keyTooLong, .badBlockHeader, .badDirective: nil
    }
  }
}

extension NotationError.Expectation {
  fileprivate var text: String {
    switch self {
    case .value: "a value"
    case .firstKey: "a quoted key or '}'"
    case .key: "a quoted key"
    case .colon: "':'"
    case .listEnd: "',' or ']'"
    case .mapEnd: "',' or '}'"
    case .textEnd: "the closing quote"
    case .end: "the end"
    }
  }

  fileprivate func hint(insteadOf scalar: Unicode.Scalar) -> String? {
    switch (self, scalar) {
    case (.value, "'"), (.firstKey, "'"), (.key, "'"): "JSON's quote is '\"'"
    case (.value, "/"), (_, "#"), (_, "/"): "JSON has no comments"
    case (.value, "]"), (.key, "}"): "JSON allows no comma before a closing bracket"
    default: nil
    }
  }
}

extension Unicode.Scalar {
  fileprivate var codePoint: String { "U+\(value.hex(width: 4).uppercased())" }

  /// The character in quotes, or its number if it cannot be seen.
  fileprivate var quoted: String {
    switch properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: codePoint
    default: "'\(self)'"
    }
  }
}

extension UInt32 {
  /// Lower-case digits, with zeros in front up to the width.
  func hex(width: Int) -> String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
