import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// Whose key signs: the file that was named, git's own, or the one that `init` makes.
enum Identity {
  /// The largest key file.
  private static let sizeLimit = 64 * 1024
  /// How long git may take to read its own configuration.
  private static let gitTimeoutSeconds = 10

  /// Where the key lies that `init` makes.
  static func ownKeyFile(_ surroundings: Surroundings) throws(CommandError) -> String {
    if let folder = surroundings.variable("XDG_CONFIG_HOME") { return "\(folder)/stet/id_ed25519" }
    guard let home = surroundings.variable("HOME") else { throw .noHome }
    return "\(home)/.config/stet/id_ed25519"
  }

  /// The key file that counts, whether or not it is there.
  static func keyFile(_ session: Session) throws(CommandError) -> String {
    if let file = session.keyFile { return file }
    if let file = try gitsKeyFile(session.surroundings) { return file }
    return try ownKeyFile(session.surroundings)
  }

  /// Who signs.
  static func signer(_ session: Session) throws(CommandError) -> Signer {
    try signer(keyFile: try keyFile(session), session.surroundings)
  }

  /// Who signs with a key file: this process where it can read the key, else `ssh-keygen`.
  static func signer(
    keyFile: String, _ surroundings: Surroundings
  ) throws(CommandError) -> Signer {
    try requireKey(keyFile)
    let bytes = try read(keyFile)
    do throws(KeyError) {
      return .key(try PrivateKey(openSSH: bytes))
    } catch {
      switch error {
      case .needsProgram(let key):
        return .program(program(key, keyFile, surroundings))
      case .malformedPrivateKey:
        // The public half in the file means that an agent holds the other.
        if let key = try? PublicKey(line: String(decoding: bytes, as: UTF8.self)) {
          return .program(program(key, keyFile, surroundings))
        }
        throw .badKey(keyFile, error)
      case _:
        throw .badKey(keyFile, error)
      }
    }
  }

  /// The public half of a key file, or of a public key file.
  static func publicKey(
    _ file: String, _ surroundings: Surroundings
  ) throws(CommandError) -> PublicKey {
    let text = String(decoding: try read(file), as: UTF8.self)
    if text.hasPrefix("-----BEGIN") {
      return try signer(keyFile: file, surroundings).publicKey
    }
    do throws(KeyError) {
      return try PublicKey(line: text)
    } catch {
      throw .badKey(file, error)
    }
  }

  /// Makes a key that signs without a passphrase, in a file that only its owner reads.
  static func makeKey(
    _ file: String, _ surroundings: Surroundings
  ) throws(CommandError) -> PrivateKey {
    try requireRoom(for: file)
    let key = try newKey(file, surroundings)
    let comment = surroundings.login() ?? "stet"
    try platformErrors { () throws(PlatformError) in
      if let slash = file.lastIndex(of: "/"), slash != file.startIndex {
        try FileSystem.createDirectories(String(file[..<slash]), permissions: 0o700)
      }
      try FileSystem.create(
        file, Array(key.openSSHFile(comment: comment).utf8), permissions: 0o600)
      try FileSystem.replace("\(file).pub", Array("\(key.publicKey.line) \(comment)\n".utf8))
    }
    return key
  }

  /// Refuses a file where a key is, or the public half of one that may be nowhere else.
  static func requireRoom(for file: String) throws(CommandError) {
    for file in [file, "\(file).pub"] where try platformErrors(in: FileSystem.exists(file)) {
      throw .platform(.exists(subject: file))
    }
  }

  /// Refuses to go on where there is no key yet.
  static func requireKey(_ file: String) throws(CommandError) {
    guard try platformErrors(in: FileSystem.exists(file)) else { throw .noKey(file) }
  }

  /// A key for a file that is not written yet.
  static func newKey(
    _ file: String, _ surroundings: Surroundings
  ) throws(CommandError) -> PrivateKey {
    do throws(KeyError) {
      return try PrivateKey.generate(random: surroundings.random(32))
    } catch {
      throw .badKey(file, error)
    }
  }

  private static func read(_ file: String) throws(CommandError) -> [UInt8] {
    try platformErrors(in: FileSystem.read(file, limit: sizeLimit))
  }

  private static func program(
    _ key: PublicKey, _ file: String, _ surroundings: Surroundings
  ) -> SigningProgram {
    let passed = ["PATH", "HOME", "SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY"]
    let environment = surroundings.environment.filter { passed.contains($0.key) }
    return SigningProgram(key, keyFile: file, environment: environment)
  }

  /// Git's `user.signingkey`, where git signs with SSH keys.
  private static func gitsKeyFile(_ surroundings: Surroundings) throws(CommandError) -> String? {
    guard try gitsSetting("gpg.format", [], surroundings) == "ssh",
      let file = try gitsSetting("user.signingkey", ["--type=path"], surroundings)
    else { return nil }
    return surroundings.path(file)
  }

  private static func gitsSetting(
    _ name: String, _ options: [String], _ surroundings: Surroundings
  ) throws(CommandError) -> String? {
    var command = Platform.Command(
      "git", ["config", "--global"] + options + ["--get", name],
      environment: surroundings.environment.filter {
        ["PATH", "HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"].contains($0.key)
      })
    command.timeoutSeconds = gitTimeoutSeconds
    // Where there is no git there is no setting of git's.
    guard let outcome = try? Subprocess.run(command), outcome.ending.isSuccess else { return nil }
    let value = outcome.outputText.filter { $0 != "\n" }
    return value.isEmpty ? nil : value
  }
}
