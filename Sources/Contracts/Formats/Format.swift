import Patterns

/// The formats of JSON Schema that can be asserted.
enum Format: String, CaseIterable, Sendable {
  case date, time, duration, email, hostname, ipv4, ipv6, uri, iri, uuid, regex
  case dateTime = "date-time"
  case idnEmail = "idn-email"
  case idnHostname = "idn-hostname"
  case uriReference = "uri-reference"
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"

  /// Whether a text has this format.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .date: TimeFormat.isDate(text)
    case .time: TimeFormat.isTime(text)
    case .dateTime: TimeFormat.isDateTime(text)
    case .duration: TimeFormat.isDuration(text)
    case .email: EmailFormat.isEmail(text, .ascii)
    case .idnEmail: EmailFormat.isEmail(text, .international)
    case .hostname: HostFormat.isHostname(text)
    case .idnHostname: HostFormat.isInternationalHostname(text)
    case .ipv4: AddressFormat.isIPv4(text.utf8[...])
    case .ipv6: AddressFormat.isIPv6(text.utf8[...])
    case .uri: URIFormat.isURI(text, .ascii)
    case .uriReference: URIFormat.isReference(text, .ascii)
    case .iri: URIFormat.isURI(text, .international)
    case .iriReference: URIFormat.isReference(text, .international)
    case .uriTemplate: URITemplateFormat.isTemplate(text)
    case .jsonPointer: JSONPointer.tokens(text) != nil
    case .relativeJSONPointer: JSONPointer.isRelative(text)
    case .regex: (try? Pattern(text)) != nil  // why it is none does not matter
    case .uuid: AddressFormat.isUUID(text)
    }
  }
}

/// Whether a format takes characters beyond ASCII.
enum CharacterRepertoire { case ascii, international }

/// Reads a text byte by byte, for formats whose grammar is a few lines.
struct FormatScanner {
  private var rest: Substring.UTF8View

  init(_ text: Substring.UTF8View) { rest = text }

  init(_ text: String) { rest = text.utf8[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes this ASCII character if it is next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes one of these ASCII characters if it is next.
  mutating func takeAny(of characters: StaticString) -> UInt8? {
    guard let next = rest.first, characters.description.utf8.contains(next) else { return nil }
    rest.removeFirst()
    return next
  }

  /// Takes exactly this many digits as a number.
  mutating func takeNumber(digits: Int) -> Int? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(digits)
    return Int(Substring(text))
  }

  /// Takes as many digits as there are, and says how many.
  mutating func takeDigits() -> Int {
    let count = rest.prefix(while: \.isDigit).count
    rest = rest.dropFirst(count)
    return count
  }

  /// Takes bytes as long as they are of a kind, and gives them.
  mutating func takeAll(where isTaken: (UInt8) -> Bool) -> Substring.UTF8View {
    let taken = rest.prefix(while: isTaken)
    rest = rest.dropFirst(taken.count)
    return taken
  }
}
