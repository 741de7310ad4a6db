@unsafe @preconcurrency import Glibc

/// Who runs this process, where, and with which variables: read here and nowhere else.
package enum Environment {
  /// All variables; of a name that comes twice the first counts, as for `getenv`.
  package static func variables() -> [String: String] {
    var variables: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        let name = String(text[..<sign])
        if variables[name] == nil { variables[name] = String(text[text.index(after: sign)...]) }
      }
      unsafe next = next.successor()
    }
    return variables
  }

  /// The folder that relative paths start from.
  package static func workingFolder() throws(PlatformError) -> String {
    guard let path = unsafe getcwd(nil, 0) else { throw .of("getcwd", ".") }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The words after the program's name.
  package static func arguments() -> [String] { Array(CommandLine.arguments.dropFirst()) }

  /// The login name of the effective user; nil where the system has no entry for him.
  package static func loginName() -> String? {
    unsafe account { unsafe $0.pw_name }
  }

  /// The home folder the system has on record, whatever `HOME` says.
  package static func homeFolder() -> String? {
    unsafe account { unsafe $0.pw_dir }
  }

  /// The number of the effective user.
  package static func userNumber() -> UInt32 { geteuid() }

  /// The number of this process.
  package static func processNumber() -> Int32 { getpid() }

  private static func account(_ field: (passwd) -> UnsafeMutablePointer<CChar>?) -> String? {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 * 1024) { room in
      var entry = unsafe passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard let start = room.baseAddress,
        unsafe getpwuid_r(geteuid(), &entry, start, room.count, &found) == 0, unsafe found != nil,
        let text = unsafe field(entry)
      else { return nil }
      return unsafe String(cString: text)
    }
  }
}
