import Glibc
import Testing

@testable import Platform

struct OpenFilesTests {
  @Test("the limit of open files is as high as this user may have it, and stays so")
  func raised() {
    let limit = OpenFiles.raiseLimit()
    var now = rlimit()
    #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &now) == 0)
    #expect(limit == Int(clamping: now.rlim_cur))
    #expect(now.rlim_cur == now.rlim_max)
    #expect(OpenFiles.raiseLimit() == limit)
  }
}
