# Extra labels: tests that take long are "slow" too.
if(TARGET tst_hostile)
  set_tests_properties(tst_hostile PROPERTIES LABELS "engine;slow")
endif()
