#include "app/command.h"

int main(int argc, char** argv) { return sangu::app::CommandLine{}.run(argc, argv); }
