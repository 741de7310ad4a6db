extension StringProtocol {
  /// The parts between the places of an ASCII character, empty ones too.
  ///
  /// They are found by their bytes. `split` puts characters together to find them, which takes ten
  /// times as long, and to it a `/` with an accent upon it is none.
  package func parts(between separator: Unicode.Scalar, maxSplits: Int = .max) -> [Substring] {
    Substring(self).utf8.split(
      separator: UInt8(ascii: separator), maxSplits: maxSplits, omittingEmptySubsequences: false
    ).map { Substring($0) }
  }
}
