/// The groups of an expression, known before it is translated since references may point forward.
struct GroupNames {
  private(set) var count = 0
  private(set) var numbers: [String: Int] = [:]
  /// Whether any reference stands in the expression; without one no group needs to capture.
  private(set) var areReferred = false

  init(_ source: CharacterSource) throws(PatternError) {
    var source = source
    var isInClass = false
    while let scalar = source.take() {
      switch scalar {
      case "\\":
        let escaped = source.take()
        if !isInClass, escaped == "k" || escaped.map({ ("1"..."9").contains($0) }) == true {
          areReferred = true
        }
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where !isInClass: try open(&source)
      default: break
      }
    }
  }

  private mutating func open(_ source: inout CharacterSource) throws(PatternError) {
    if source.follows("?"), !source.follows("?<") || source.follows("?<=") || source.follows("?<!")
    {
      return
    }
    count += 1
    guard source.takes("?<") else { return }
    let start = source.offset
    let name = try Self.takeName(&source)
    guard numbers.updateValue(count, forKey: name) == nil else {
      throw .malformed(.repeatedGroupName(name), at: start)
    }
  }

  /// An identifier and the `>` behind it.
  static func takeName(_ source: inout CharacterSource) throws(PatternError) -> String {
    let start = source.offset
    var name = String.UnicodeScalarView()
    while let scalar = source.take(), scalar != ">" {
      var part = scalar
      if scalar == "\\" {
        guard source.takes("u"), let value = Escape.takeUnicode(&source),
          let escaped = Unicode.Scalar(value)
        else { throw .malformed(.badGroupName, at: start) }
        part = escaped
      }
      guard name.isEmpty ? part.isIdentifierStart : part.isIdentifierPart else {
        throw .malformed(.badGroupName, at: start)
      }
      name.append(part)
    }
    guard !name.isEmpty, source.scalars[source.offset - 1] == ">" else {
      throw .malformed(.badGroupName, at: start)
    }
    return String(name)
  }
}

extension Unicode.Scalar {
  fileprivate var isIdentifierStart: Bool {
    self == "$" || self == "_" || properties.isIDStart
  }

  fileprivate var isIdentifierPart: Bool {
    self == "$" || self == "\u{200C}" || self == "\u{200D}" || properties.isIDContinue
  }
}
