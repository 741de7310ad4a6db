/// Names one attempt of somebody to write: how a writer finds its own entry after a lost answer.
package struct OperationID: Hashable, Sendable {
  /// How many random bytes tell operations apart.
  package static let nonceSize = 16

  /// The number that the entry would have had at the first attempt: it cannot be an earlier one.
  package let firstNumber: Int
  /// The random part, as lower-case hexadecimal digits.
  package let nonce: String

  /// Nil unless the nonce is 32 lower-case hexadecimal digits and the number positive.
  package init?(firstNumber: Int, nonce: String) {
    let digits = nonce.utf8
    guard firstNumber > 0, digits.count == 2 * Self.nonceSize,
      digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.firstNumber = firstNumber
    self.nonce = nonce
  }
}

extension OperationID: LosslessStringConvertible {
  /// Reads `<number>-<32 digits>`, and nothing else.
  package init?(_ text: String) {
    guard let dash = text.firstIndex(of: "-"), let number = Decimal.read(text[..<dash]) else {
      return nil
    }
    self.init(firstNumber: number, nonce: String(text[text.index(after: dash)...]))
  }

  package var description: String { "\(firstNumber)-\(nonce)" }
}

/// Decimal numbers without sign or leading zero: one writing for each.
enum Decimal {
  /// The largest number that every reader of JSON takes exactly.
  static let limit = 1 << 53

  static func read(_ text: some StringProtocol) -> Int? {
    guard let number = Int(text), (0...limit).contains(number), String(number) == text else {
      return nil
    }
    return number
  }
}
