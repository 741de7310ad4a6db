import Foundation

/// An SSH server on this machine with keys of its own, that lets in whoever runs the tests.
public final class SSHHost: Sendable {
  private static let program = "/usr/sbin/sshd"

  public let folder: TemporaryFolder
  private let listener: Listener

  /// Nil, after one visible line that says why, where it cannot be run.
  public init?(printing test: String) throws {
    guard FileManager.default.isExecutableFile(atPath: Self.program), getuid() == 0 else {
      print("skipped: \(test): sshd is not here, or may not be run")
      return nil
    }
    // Where sshd keeps apart what it does not trust; a machine that never ran it has none.
    try FileManager.default.createDirectory(
      atPath: "/run/sshd", withIntermediateDirectories: true)
    let folder = try TemporaryFolder()
    self.folder = folder
    for name in ["host", "other", "user", "stranger"] {
      _ = try Program("ssh-keygen").run(
        ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder.path)/\(name)"])
    }
    let configuration = """
      HostKey \(folder.path)/host
      AuthorizedKeysFile \(folder.path)/user.pub
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      """
    try Data(configuration.utf8).write(to: folder.url.appendingPathComponent("sshd_config"))
    listener = try Listener { connection in
      let stream = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Self.program)
      process.arguments = ["-i", "-f", "\(folder.path)/sshd_config"]
      process.standardInput = stream
      process.standardOutput = stream
      process.standardError = FileHandle.nullDevice
      // A connection that cannot be served ends, and the client says so.
      try? process.run()
      process.waitUntilExit()
    }
  }

  /// The address of a folder of this machine.
  public func url(_ path: String) -> String { "ssh://127.0.0.1:\(listener.port)\(path)" }

  /// How a client is to be run that has one of the keys, and knows the host by one of them; by none
  /// where none is named.
  public func command(key: String, knowing known: String?) throws -> String {
    let file = "\(folder.path)/known-\(key)-\(known ?? "nobody")"
    let lines = try known.map { name in
      let key = try String(contentsOfFile: "\(folder.path)/\(name).pub", encoding: .utf8)
      return "[127.0.0.1]:\(listener.port) \(key)"
    }
    try Data((lines ?? "").utf8).write(to: URL(fileURLWithPath: file))
    return "ssh -F none -i \(folder.path)/\(key) -o IdentitiesOnly=yes "
      + "-o UserKnownHostsFile=\(file) -o StrictHostKeyChecking=yes"
  }
}
