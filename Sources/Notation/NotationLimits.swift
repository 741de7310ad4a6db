/// How much a reader takes before it refuses with an error that names the limit.
package struct NotationLimits: Sendable {
  /// Lists and maps inside one another.
  package let depth: Int
  /// UTF-8 bytes of the whole text.
  package let byteCount: Int

  /// Other limits than the standard ones, for a text whose size has its own rule.
  package init(depth: Int = standardDepth, byteCount: Int = standardByteCount) {
    self.depth = depth
    self.byteCount = byteCount
  }

  /// Values nested deeper than this are refused everywhere in Stet.
  package static let standardDepth = 128
  /// Above every size that another layer allows; each of them has its own, smaller limit.
  package static let standardByteCount = 16 << 20

  /// What every reader applies unless told otherwise.
  package static let standard = NotationLimits()
}
