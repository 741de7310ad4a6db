/// Names of hosts: labels of RFC 1123, and of IDNA 2008 as far as Swift's own tables tell.
enum HostFormat {
  private static let nameLengthLimit = 253
  private static let labelLengthLimit = 63
  private static let prefix = "xn--"

  static func isHostname(_ text: String) -> Bool {
    guard text.utf8.count <= nameLengthLimit else { return false }
    return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { isASCIILabel($0) }
  }

  static func isInternationalHostname(_ text: String) -> Bool {
    let labels = text.unicodeScalars.split(
      omittingEmptySubsequences: false, whereSeparator: { ".。．｡".unicodeScalars.contains($0) })
    var length = labels.count - 1
    var decoded: [[Unicode.Scalar]] = []
    for label in labels {
      guard let (scalars, size) = internationalLabel(label) else { return false }
      length += size
      decoded.append(scalars)
    }
    guard length <= nameLengthLimit else { return false }
    let isBidirectional = decoded.contains { $0.contains(where: BidirectionalRule.isRightToLeft) }
    return !isBidirectional || decoded.allSatisfy(BidirectionalRule.allows)
  }

  private static func isASCIILabel(_ label: Substring.UTF8View) -> Bool {
    guard (1...labelLengthLimit).contains(label.count),
      label.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }),
      label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-")
    else { return false }
    let text = Substring(label).lowercased()
    guard text.hasPrefix(prefix) else { return true }
    return encodedLabel(text) != nil
  }

  /// The label's own characters, and its length in the ASCII form.
  private static func internationalLabel(
    _ label: Substring.UnicodeScalarView
  ) -> (scalars: [Unicode.Scalar], size: Int)? {
    let text = String(label).lowercased()
    if label.allSatisfy(\.isASCII) {
      guard isASCIILabel(Substring(label).utf8) else { return nil }
      let scalars = text.hasPrefix(prefix) ? encodedLabel(text) : Array(text.unicodeScalars)
      return scalars.map { ($0, text.utf8.count) }
    }
    let scalars = Array(label)
    guard DomainLabel.isValid(scalars), let encoded = Punycode.encode(scalars) else { return nil }
    let size = prefix.utf8.count + encoded.count
    return size <= labelLengthLimit ? (scalars, size) : nil
  }

  /// What an `xn--` label stands for; nil unless it is a valid label in its one spelling.
  private static func encodedLabel(_ text: String) -> [Unicode.Scalar]? {
    let encoded = Array(text.utf8.dropFirst(prefix.utf8.count))
    guard let scalars = Punycode.decode(encoded), scalars.contains(where: { !$0.isASCII }),
      Punycode.encode(scalars) == encoded, DomainLabel.isValid(scalars)
    else { return nil }
    return scalars
  }
}

/// The encoding of RFC 3492 that puts Unicode labels into ASCII.
enum Punycode {
  private static let base = 36
  private static let lowest = 1
  private static let highest = 26

  static func decode(_ text: [UInt8]) -> [Unicode.Scalar]? {
    let mark = text.lastIndex(of: UInt8(ascii: "-"))
    var output = text[..<(mark ?? 0)].map { Int($0) }
    var rest = text[(mark.map { $0 + 1 } ?? 0)...]
    var state = Adaptation()
    var point = 0x80
    var place = 0
    while !rest.isEmpty {
      let start = place
      var weight = 1
      for step in stride(from: base, through: .max, by: base) {
        guard let digit = rest.popFirst().flatMap(value(of:)) else { return nil }
        place += digit * weight
        let threshold = state.threshold(step)
        guard place <= 0x7FFF_FFFF, weight <= 0x7FFF_FFFF else { return nil }
        if digit < threshold { break }
        weight *= base - threshold
      }
      state.adapt(place - start, count: output.count + 1, isFirst: start == 0)
      point += place / (output.count + 1)
      place %= output.count + 1
      output.insert(point, at: place)
      place += 1
    }
    let scalars = output.compactMap { UInt32(exactly: $0).flatMap(Unicode.Scalar.init) }
    return scalars.count == output.count ? scalars : nil
  }

  static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
    var output = scalars.filter(\.isASCII).map { UInt8(ascii: $0) }
    let basicCount = output.count
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var state = Adaptation()
    var (point, delta, handled) = (0x80, 0, basicCount)
    while handled < scalars.count {
      guard let next = scalars.map({ Int($0.value) }).filter({ $0 >= point }).min() else {
        return nil
      }
      delta += (next - point) * (handled + 1)
      guard delta <= 0x7FFF_FFFF else { return nil }
      point = next
      for scalar in scalars {
        if scalar.value < point { delta += 1 }
        guard scalar.value == point else { continue }
        append(delta, state, to: &output)
        state.adapt(delta, count: handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      point += 1
    }
    return output
  }

  private static func append(_ delta: Int, _ state: Adaptation, to output: inout [UInt8]) {
    var rest = delta
    for step in stride(from: base, through: .max, by: base) {
      let threshold = state.threshold(step)
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
    }
    output.append(digit(rest))
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? Int(UInt8(ascii: "a")) + value : Int(UInt8(ascii: "0")) + value - 26)
  }

  private static func value(of digit: UInt8) -> Int? {
    if digit.isDigit { return Int(digit - UInt8(ascii: "0")) + 26 }
    return digit.isLetter ? Int((digit | 0x20) - UInt8(ascii: "a")) : nil
  }

  /// How the digits' weights follow the distances met so far.
  private struct Adaptation {
    private var bias = 72

    func threshold(_ step: Int) -> Int { min(max(step - bias, lowest), highest) }

    mutating func adapt(_ delta: Int, count: Int, isFirst: Bool) {
      var rest = isFirst ? delta / 700 : delta / 2
      rest += rest / count
      var steps = 0
      while rest > (base - lowest) * highest / 2 {
        rest /= base - lowest
        steps += base
      }
      bias = steps + (base - lowest + 1) * rest / (rest + 38)
    }
  }
}
