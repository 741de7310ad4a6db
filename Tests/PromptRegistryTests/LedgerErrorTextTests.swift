import Glibc
import Ledger
import Platform
import PromptRegistry
import Testing

struct LedgerErrorTextTests {
  private static let refusals: [PlatformError] =
    [
      .missing(subject: "a"), .exists(subject: "a"), .denied(subject: "a"), .readOnly(subject: "a"),
      .full(subject: "a"), .wrongKind(subject: "a"), .tooLarge(subject: "a", limit: 1),
      .notText(subject: "a"), .locked(subject: "a", seconds: 1),
      .timedOut(subject: "a", seconds: 1),
      .closedPipe, .closed(subject: "a"),
    ]
    + [EMFILE, ENOMEM, EIO, ENAMETOOLONG, EFBIG, EINVAL].map {
      .system(call: "open", subject: "a", code: $0)
    }

  @Test(arguments: refusals)
  func `what the system refuses has one code, also behind the ledger`(refusal: PlatformError) {
    #expect(LedgerError.platform(refusal).code == ErrorCode(word: refusal.kind))
  }

  @Test func `only where the disk is full is there room to be made`() {
    #expect(LedgerError.platform(.full(subject: "a")).hint?.hasPrefix("make room") == true)
    #expect(LedgerError.platform(.tooLarge(subject: "a", limit: 1)).hint == nil)
  }
}
