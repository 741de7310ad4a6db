/// The five parts of a URI reference as RFC 3986 splits it; the split itself accepts any text.
struct URIReference: Hashable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  init(_ text: String) {
    var rest = text[...]
    fragment = Self.cut(&rest, after: "#")
    query = Self.cut(&rest, after: "?")
    if let colon = rest.unicodeScalars.firstIndex(of: ":"), Self.isScheme(rest[..<colon]) {
      scheme = String(rest[..<colon])
      rest = rest[rest.unicodeScalars.index(after: colon)...]
    }
    if rest.utf8.starts(with: "//".utf8) {
      let start = Substring(rest.unicodeScalars.dropFirst(2))
      let end = start.unicodeScalars.firstIndex(of: "/") ?? start.endIndex
      authority = String(start[..<end])
      rest = start[end...]
    }
    path = String(rest)
  }

  /// What this reference means where `base` is the base, by RFC 3986 section 5.2.
  func resolved(against base: URIReference) -> URIReference {
    var result = self
    if scheme != nil {
      result.path = Self.withoutDots(path)
      return result
    }
    result.scheme = base.scheme
    if authority != nil {
      result.path = Self.withoutDots(path)
      return result
    }
    result.authority = base.authority
    if path.isEmpty {
      result.path = base.path
      result.query = query ?? base.query
    } else {
      result.path = Self.withoutDots(path.hasPrefix("/") ? path : base.merged(with: path))
    }
    return result
  }

  /// The same reference without what follows `#`.
  var withoutFragment: URIReference {
    var result = self
    result.fragment = nil
    return result
  }

  private func merged(with path: String) -> String {
    if authority != nil, self.path.isEmpty { return "/" + path }
    guard let slash = self.path.unicodeScalars.lastIndex(of: "/") else { return path }
    return String(self.path.unicodeScalars[...slash]) + path
  }

  private static func cut(_ rest: inout Substring, after mark: Unicode.Scalar) -> String? {
    guard let place = rest.unicodeScalars.firstIndex(of: mark) else { return nil }
    defer { rest = rest[..<place] }
    return String(rest.unicodeScalars[place...].dropFirst())
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first.isLetter else { return false }
    return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
  }

  private static func withoutDots(_ path: String) -> String {
    guard path.contains("/.") || path.hasPrefix(".") else { return path }
    var kept: [String] = []
    let segments = path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
      .map(String.init)
    for (place, segment) in segments.enumerated() {
      let isLast = place == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        if kept.count > 1 || kept.first.map({ !$0.isEmpty }) == true { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return kept.joined(separator: "/")
  }
}

extension URIReference: CustomStringConvertible {
  var description: String {
    (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path
      + (query.map { "?" + $0 } ?? "") + (fragment.map { "#" + $0 } ?? "")
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  /// The value of a hexadecimal digit; nil for any other byte.
  var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
