// The libgit2 calls of one publication and nothing else, each object and the reference on the disk.
// Speaks with Peer.swift: gets one line, says "ready", then answers "publish <count>" with
// nanoseconds a call. Usage: publish <repository>
#include <git2.h>
#include <git2/sys/repository.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static git_repository *repository;
static int edition;

static void must(int code) {
  if (code >= 0) return;
  const git_error *error = git_error_last();
  fprintf(stderr, "%s\n", error ? error->message : "failed");
  exit(1);
}

static git_oid blob(const char *text) {
  git_oid id;
  must(git_blob_create_from_buffer(&id, repository, text, strlen(text)));
  return id;
}

// A folder with one name more than it had, or with another content of that name.
static git_oid with(const git_oid *base, const char *name, const git_oid *id, git_filemode_t mode) {
  git_tree *tree = NULL;
  git_treebuilder *builder;
  git_oid made;
  if (base) must(git_tree_lookup(&tree, repository, base));
  must(git_treebuilder_new(&builder, repository, tree));
  must(git_treebuilder_insert(NULL, builder, name, id, mode));
  must(git_treebuilder_write(&made, builder));
  git_treebuilder_free(builder);
  git_tree_free(tree);
  return made;
}

static const git_oid *folder(const git_oid *root, const char *path, git_oid *id) {
  git_tree *tree;
  git_tree_entry *entry;
  if (!root) return NULL;
  must(git_tree_lookup(&tree, repository, root));
  int code = git_tree_entry_bypath(&entry, tree, path);
  git_tree_free(tree);
  if (code < 0) return NULL;
  *id = *git_tree_entry_id(entry);
  git_tree_entry_free(entry);
  return id;
}

static void publish(void) {
  char source[256], record[1024], version[32], signature[512], *message = "publish\n";
  edition++;
  snprintf(source, sizeof source, "Edition %d\n", edition);
  snprintf(version, sizeof version, "%d.0.0", edition);
  memset(record, 'x', sizeof record);
  snprintf(record, sizeof record - 1, "{\"version\": \"%s\"}", version);
  memset(signature, 'A', sizeof signature);
  signature[sizeof signature - 1] = 0;

  git_reference *head = NULL;
  git_commit *parent = NULL;
  const git_oid *root = NULL;
  git_oid old, inner, file, other, tree, commit;
  if (git_reference_lookup(&head, repository, "refs/heads/main") == 0) {
    must(git_commit_lookup(&parent, repository, git_reference_target(head)));
    root = git_commit_tree_id(parent);
  }
  file = blob(source);
  other = blob(record);
  git_oid leaf = with(NULL, "prompt.json", &other, GIT_FILEMODE_BLOB);
  leaf = with(&leaf, "prompt.prompt", &file, GIT_FILEMODE_BLOB);
  inner = with(folder(root, "versions/area/prompt", &old), version, &leaf, GIT_FILEMODE_TREE);
  inner = with(folder(root, "versions/area", &old), "prompt", &inner, GIT_FILEMODE_TREE);
  inner = with(folder(root, "versions", &old), "area", &inner, GIT_FILEMODE_TREE);
  tree = with(root, "versions", &inner, GIT_FILEMODE_TREE);
  inner = with(folder(root, "prompts/area", &old), "prompt.prompt", &file, GIT_FILEMODE_BLOB);
  inner = with(folder(root, "prompts", &old), "area", &inner, GIT_FILEMODE_TREE);
  tree = with(&tree, "prompts", &inner, GIT_FILEMODE_TREE);

  git_tree *whole;
  git_signature *author;
  git_buf content = GIT_BUF_INIT;
  git_reference *moved;
  must(git_tree_lookup(&whole, repository, &tree));
  must(git_signature_new(&author, "alice", "alice@stet", 1790000000, 0));
  const git_commit *parents[] = {parent};
  must(git_commit_create_buffer(
    &content, repository, author, author, NULL, message, whole, parent ? 1 : 0, parents));
  must(git_commit_create_with_signature(&commit, repository, content.ptr, signature, NULL));
  must(git_reference_create_matching(
    &moved, repository, "refs/heads/main", &commit, 1,
    parent ? git_commit_id(parent) : &(git_oid){{0}}, "publish"));
  git_reference_free(moved);
  git_reference_free(head);
  git_commit_free(parent);
  git_tree_free(whole);
  git_signature_free(author);
  git_buf_dispose(&content);
}

int main(int count, char **words) {
  char line[65536];
  if (count != 2 || !fgets(line, sizeof line, stdin)) return 2;
  must(git_libgit2_init());
  must(git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1));
  must(git_repository_init(&repository, words[1], 1));
  puts("ready");
  fflush(stdout);
  int calls;
  while (fgets(line, sizeof line, stdin) && sscanf(line, "publish %d", &calls) == 1) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int call = 0; call < calls; call++) publish();
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.0f\n", ((end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec)) / calls);
    fflush(stdout);
  }
  return 0;
}
