import Git
import Testing

@testable import Ledger

struct LedgerErrorTests {
  @Test func `whoever meets another user's registry is told of a copy of his own`() {
    let error = LedgerError.git(.foreignOwner(path: "/srv/prompts.git"))
    #expect(error.message == "'/srv/prompts.git' belongs to another user")
    #expect(error.hint == "run this as that user, or make a copy of your own: stet clone <url>")
  }
}
