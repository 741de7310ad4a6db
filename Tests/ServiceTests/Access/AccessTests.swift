import Testing

@testable import Service

struct AccessTests {
  /// Not SHA-256, but as long, and different for different texts.
  static let hash: @Sendable ([UInt8]) -> [UInt8] = { bytes in
    Array((bytes.reversed() + [UInt8](repeating: 7, count: 32)).prefix(32))
  }

  static func table(_ tokens: String...) -> TokenTable<String> {
    TokenTable(tokens.map { (hash(Array($0.utf8)), $0) }, hash: hash)
  }

  @Test func `a token opens what its holder may open, and no other text does`() {
    let table = Self.table("token-one", "token-two")
    #expect(table.holder(of: Array("token-one".utf8)) == "token-one")
    #expect(table.holder(of: Array("token-two".utf8)) == "token-two")
    for other in ["", "token", "token-onf", "token-one ", "TOKEN-ONE", "token-one\0"] {
      #expect(table.holder(of: Array(other.utf8)) == nil)
    }
    #expect(!table.isEmpty)
    #expect(Self.table().isEmpty)
  }

  @Test func `hashes that begin alike are told apart`() {
    let table = TokenTable([
      ([1, 2, 3, 4, 5, 6, 7, 8, 9], "a"), ([1, 2, 3, 4, 5, 6, 7, 8, 0], "b"),
    ]) {
      $0
    }
    #expect(table.holder(of: [1, 2, 3, 4, 5, 6, 7, 8, 9]) == "a")
    #expect(table.holder(of: [1, 2, 3, 4, 5, 6, 7, 8, 0]) == "b")
    #expect(table.holder(of: [1, 2, 3, 4, 5, 6, 7, 8]) == nil)
  }

  @Test func `a text that is too long for a token is not even hashed`() {
    let table = TokenTable<String>([]) { bytes in
      Issue.record("\(bytes.count) bytes were hashed")
      return bytes
    }
    let limit = TokenTable<String>.tokenByteLimit
    #expect(table.holder(of: [UInt8](repeating: 65, count: limit + 1)) == nil)
  }

  @Test func `a comparison looks at every byte and at the length`() {
    #expect(ConstantTime.areEqual([], []))
    #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
    for other: [UInt8] in [[1, 2], [1, 2, 3, 4], [0, 2, 3], [1, 0, 3], [1, 2, 0], []] {
      #expect(!ConstantTime.areEqual([1, 2, 3], other))
    }
  }

  @Test func `a bucket admits its burst and then its rate`() {
    let bucket = TokenBucket(perSecond: 10, burst: 3, now: 0)
    for _ in 0..<3 { #expect(bucket.take(now: 0) == .admitted) }
    #expect(bucket.take(now: 0) == .refused(retryAfterSeconds: 1))
    #expect(bucket.take(now: 99_000_000) == .refused(retryAfterSeconds: 1))
    #expect(bucket.take(now: 100_000_000) == .admitted)
    #expect(bucket.take(now: 100_000_000) == .refused(retryAfterSeconds: 1))
    for _ in 0..<3 { #expect(bucket.take(now: 10_000_000_000) == .admitted) }
    #expect(bucket.take(now: 10_000_000_000) == .refused(retryAfterSeconds: 1))
  }

  @Test func `a clock that stands still or goes back fills no bucket`() {
    let bucket = TokenBucket(perSecond: 1, burst: 1, now: 5_000_000_000)
    #expect(bucket.take(now: 5_000_000_000) == .admitted)
    #expect(bucket.take(now: 0) == .refused(retryAfterSeconds: 1))
    #expect(bucket.take(now: 5_500_000_000) == .refused(retryAfterSeconds: 1))
    #expect(bucket.take(now: 6_000_000_000) == .admitted)
  }
}
