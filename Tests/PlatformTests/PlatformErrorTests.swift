import Glibc
import Testing

@testable import Platform

struct PlatformErrorTests {
  @Test(arguments: [
    (ENOENT, PlatformError.Kind.badInput), (ENAMETOOLONG, .badInput),
    (EACCES, .notPermitted), (EROFS, .notPermitted), (ENOSPC, .limit), (EFBIG, .limit),
    (EMFILE, .busy), (EIO, .busy), (EINVAL, .internal), (EBADF, .internal),
  ])
  func `only what nobody else can be blamed for is a bug of ours`(
    number: Int32, kind: PlatformError.Kind
  ) {
    #expect(PlatformError.of("open", "a", number).kind == kind)
  }
}
