package import Notation

/// Writes prompt files that every reader of Dotprompt reads alike.
package enum PromptWriter {
  /// A file with this front matter and this template.
  ///
  /// Read again it gives the same: the front matter as it is, the template without the white space
  /// at its ends, which front matter takes away; a file without front matter keeps all.
  package static func text(_ frontMatter: ValueMap, body: String) -> String {
    guard !frontMatter.isEmpty || seemsToHaveFrontMatter(body) else { return body }
    let yaml = YAML.text(.map(frontMatter))
    return "---\n\(yaml)\(yaml.hasSuffix("\n") ? "" : "\n")---\n\(body)"
  }

  private static func seemsToHaveFrontMatter(_ body: String) -> Bool {
    do {
      let parts = try FileParts(of: SourceText(name: "", bytes: Array(body.utf8)))
      return parts.frontMatter != nil
    } catch {
      return true
    }
  }
}

/// The starting file of a new prompt.
package enum Scaffold {
  /// What the prompt is to be.
  package enum Style: Hashable, Sendable {
    /// Instructions and one text.
    case text
    /// Instructions, the conversation so far, and the next question.
    case chat
  }

  /// A prompt that renders, declares its variables and has nothing for lint to find.
  package static func prompt(_ style: Style) -> String {
    let history = style == .chat ? "{{history}}\n" : ""
    return """
      ---
      # The exact model, with its date or version, so that a version always means the same:
      # model: vendor/model-2026-01-31
      description: What this prompt is for, in one sentence
      input:
        schema:
          text: string, what the user gives
          tone?: string, how to answer
      ---
      {{role "system"}}
      You are a careful assistant. Answer in two sentences.
      {{#if tone}}
      Your tone is {{tone}}.
      {{/if}}
      \(history){{role "user"}}
      {{text}}

      """
  }
}
