import Testing

@testable import Platform

struct ResidentMemoryTests {
  @Test func `memory that is written to is counted`() throws {
    let before = try #require(ResidentMemory.bytes())
    let size = 64 << 20
    let written = [UInt8](repeating: 1, count: size)
    let after = try #require(ResidentMemory.bytes())
    #expect(after - before > size / 2)
    #expect(written.last == 1)
  }
}
