# Extra labels: tests that take long are "slow" too.
if(TARGET tst_hostile)
  set_tests_properties(tst_hostile PROPERTIES LABELS "engine;slow")
endif()
# The meeting of engine and window runs under ThreadSanitizer with the engine's tests.
if(TARGET tst_engine_bridge)
  set_tests_properties(tst_engine_bridge PROPERTIES LABELS "ui;threads")
endif()
