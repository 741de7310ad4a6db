/// How much a server takes on; everything beyond is refused or ended.
package struct ServerLimits: Hashable, Sendable {
  /// Open connections; more wait until one closes.
  package var connections = 4096
  /// Open connections of one address; more are closed at once.
  package var connectionsPerAddress = 2048
  /// Bytes of a request line and its header fields.
  package var headerBytes = 8 * 1024
  /// Bytes of a request's body.
  package var bodyBytes = 1024 * 1024
  /// Seconds that a connection may be silent.
  package var idleSeconds = 60
  /// Seconds from a request's first line to the last byte of its answer.
  package var requestSeconds = 30
  /// Open event streams.
  package var eventStreams = 2048
  /// Seconds between two comments on a stream that has nothing to say.
  package var heartbeatSeconds = 15

  /// The limits of a server that nobody configured.
  package init() {}

  /// A body up to this size is read to its end although it is refused, so that its sender, who
  /// may only read after writing, learns why.
  var overlongBodyBytes: Int { bodyBytes * 4 }

  /// What the library takes for a connection: the header, what it makes of it, and an answer's.
  ///
  /// It clears all of that after each request, so that more costs time as well.
  var connectionMemory: Int { max(8 * 1024, headerBytes) + 4 * 1024 }
}
