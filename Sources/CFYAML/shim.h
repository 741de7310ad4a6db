// libfyaml: YAML 1.2 events.
#pragma once
#include <libfyaml.h>
