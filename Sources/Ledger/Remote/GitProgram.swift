package import Platform

/// What the `git` program may know of whoever runs us.
package struct GitCaller: Sendable {
  /// What leads to his keys, his credentials and his proxies, and nothing that would make git work
  /// on another repository than it is told.
  private static let passedOn: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TERM", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
    "SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY",
    "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "KRB5CCNAME", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
    "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
  ]

  /// Every variable that git sees.
  let environment: [String: String]
  /// Whether it may ask a person for a passphrase or a password.
  let company: Command.Company

  /// Takes all variables of a process; what git must not see of them is left out.
  package init(_ variables: [String: String], company: Command.Company) {
    var environment = variables.filter { Self.passedOn.contains($0.key) }
    // What git says is read by us, so it speaks one language.
    environment["LC_ALL"] = "C"
    environment["GIT_ALLOW_PROTOCOL"] = RemoteAddress.schemes.joined(separator: ":")
    environment["GIT_NO_REPLACE_OBJECTS"] = "1"
    environment["GIT_TERMINAL_PROMPT"] =
      switch company {
      case .alone: "0"
      case .shared: "1"
      }
    self.environment = environment
    self.company = company
  }
}

/// The `git` program at work on one repository.
package struct GitProgram: Sendable {
  /// How long it may say nothing: it reports progress where data flows, and none while it looks
  /// through what came.
  static let silenceLimit = 300
  /// How long it may take in all; the first copy of a large ledger over a slow line takes long.
  static let timeoutSeconds = 6 * 3600

  /// What git is told each time, whatever a configuration says: no program of the repository's
  /// runs, nothing that git could make up is believed, and what it writes is on the disk.
  package static let settings = [
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.commitGraph=false",
    "gpg.ssh.program=ssh-keygen", "protocol.ext.allow=never", "core.fsync=all", "gc.auto=0",
    "maintenance.auto=false",
  ].flatMap { ["-c", $0] }

  /// The repository's own folder.
  let folder: String
  let caller: GitCaller
  /// How long it may say nothing; nil for work of which it tells no progress.
  var silenceSeconds: Int? = GitProgram.silenceLimit

  init(folder: String, caller: GitCaller) {
    self.folder = folder
    self.caller = caller
  }

  /// Runs it to its end. A status other than zero is no error here.
  func run(_ words: [String]) throws(LedgerError) -> Outcome {
    var command = Command(
      "git", ["--git-dir", folder] + Self.settings + words, environment: caller.environment)
    command.company = caller.company
    command.timeoutSeconds = Self.timeoutSeconds
    command.silenceSeconds = silenceSeconds
    do throws(PlatformError) { return try Subprocess.run(command) } catch {
      throw .platform(error)
    }
  }
}
