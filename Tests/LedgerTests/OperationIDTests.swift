import Testing

@testable import Ledger

@Suite struct OperationIDTests {
  static let nonce = "0123456789abcdef0123456789abcdef"

  @Test func whatIsReadIsWrittenAgain() throws {
    let operation = try #require(OperationID("184-\(Self.nonce)"))
    #expect(operation.firstNumber == 184)
    #expect(operation.nonce == Self.nonce)
    #expect(operation.description == "184-\(Self.nonce)")
  }

  @Test(arguments: [
    "", nonce, "-\(nonce)", "0-\(nonce)", "01-\(nonce)", "+1-\(nonce)", "1-\(nonce)0",
    "1-\(nonce.dropLast())", "1-\(nonce.uppercased())", "1-\(nonce.dropLast())g", "1 -\(nonce)",
    "9007199254740993-\(nonce)", "１-\(nonce)",
  ])
  func nothingElseIsRead(text: String) {
    #expect(OperationID(text) == nil)
  }
}

@Suite struct InvariantTests {
  @Test func theNumbersAreThoseOfTheFormat() {
    #expect(Invariant.allCases.map(\.rawValue) == Array(1...28))
    #expect(Invariant.previous.description == "I7")
    #expect(Invariant.signature.rawValue == 13)
    #expect(Invariant.action.rawValue == 17)
    #expect(Invariant.rights.rawValue == 27)
    #expect(Set(Invariant.allCases.map(\.sentence)).count == 28)
  }
}
