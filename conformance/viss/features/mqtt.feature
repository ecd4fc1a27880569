Feature: VISS version 2 over MQTT

  Background:
    Given the VISS server is running
    And the VISS client is connected via MQTT

  Scenario: a leaf is read
    When I send a read request with path "Vehicle.Speed"
    Then I should receive a valid read response

  Scenario: an unknown path is told
    When I send a read request with path "Some.Unknown.Datapoint"
    Then I should receive an error response with number 404 and reason "invalid_path"

  Scenario: a subscription brings events to the topic it was asked from, until it ends
    Given I have a subscription to "Vehicle.Speed"
    Then I should receive a valid subscription event
    When I send an unsubscribe request
    Then I should receive a valid unsubscribe response
    And no event comes within 100 ms

  Scenario: without a token nothing is read
    Given I have a token that says nothing
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response with number 401 and reason "token_invalid"
