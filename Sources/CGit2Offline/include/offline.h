// Nothing to call: what is defined in offline.c takes the place of parts of a static libgit2.
#pragma once
